/**
 * A text without links. VS Code takes `[words](command:…)` in a notification for a link that runs a command; what a
 * server, a file or a person has written is text. The two signs stay, with a space without width between them.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u200b(');
}
