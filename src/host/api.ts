import type * as vscode from 'vscode';
import type { RecordingNode } from './recordings/recordingNode';
import type { ServersNode } from './servers/serverNodes';
import type { WorkbinTreeNode } from './workbins/workbinNodes';

/** What `activate` returns: the trees as VS Code sees them, so that what a person sees can be read by a program. */
export interface WorkbinInspectorApi {
  readonly servers: vscode.TreeDataProvider<ServersNode>;
  readonly workbins: vscode.TreeDataProvider<WorkbinTreeNode>;
  readonly recordings: vscode.TreeDataProvider<RecordingNode>;
}
