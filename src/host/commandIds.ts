/** Every command, once. `package.json` contributes the same ones; a test compares. */
export const COMMANDS = {
  connect: 'workbinInspector.session.connect',
  cancelConnecting: 'workbinInspector.session.cancelConnecting',
  startTap: 'workbinInspector.tap.start',
  copyTapAddress: 'workbinInspector.tap.copyAddress',
  forgetPassword: 'workbinInspector.password.forget',
  reconnect: 'workbinInspector.session.reconnect',
  disconnect: 'workbinInspector.session.disconnect',
  stopSession: 'workbinInspector.session.stop',
  openTrace: 'workbinInspector.session.openTrace',
  getContent: 'workbinInspector.workbin.getContent',
  requestNotifications: 'workbinInspector.workbin.requestNotifications',
  cancelNotifications: 'workbinInspector.workbin.cancelNotifications',
  pullInteraction: 'workbinInspector.interaction.pull',
  placeInteraction: 'workbinInspector.interaction.placeInWorkbin',
  copyInteractionId: 'workbinInspector.interaction.copyId',
  pauseRecording: 'workbinInspector.recording.pause',
  resumeRecording: 'workbinInspector.recording.resume',
  openRecording: 'workbinInspector.recording.open',
  saveRecording: 'workbinInspector.recording.saveAs',
  exportHar: 'workbinInspector.recording.exportHar',
  openHar: 'workbinInspector.har.open',
  deleteRecording: 'workbinInspector.recording.delete',
  revealRecordingsFolder: 'workbinInspector.recording.revealFolder',
  startSimulator: 'workbinInspector.simulator.start',
  stopSimulator: 'workbinInspector.simulator.stop',
  placeAsOtherAgent: 'workbinInspector.simulator.placeAsOtherAgent',
  pullAsOtherAgent: 'workbinInspector.simulator.pullAsOtherAgent',
  showLog: 'workbinInspector.log.show',
} as const;

export type CommandName = keyof typeof COMMANDS;
export type CommandId = (typeof COMMANDS)[CommandName];
