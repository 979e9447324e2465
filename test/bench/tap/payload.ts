/** A Platform SDK JSON event of exactly `size` bytes, such as a workbin's content. */
export function eventOfSize(size: number): string {
  const event = (count: number, padding: string): string =>
    JSON.stringify({
      messageName: 'EventWorkbinContent',
      referenceId: 4711,
      proxyClientId: 12,
      interactions: Array.from({ length: count }, (_, index) => ({
        interactionId: `0000DaFU51GM${String(index).padStart(4, '0')}`,
        mediaType: 'email',
        interactionType: 'Inbound',
        receivedAt: '2024-03-01T09:30:00Z',
        subject: 'Re: my order has not arrived',
        userData: { Priority: '5', CustomerSegment: 'Gold' },
      })),
      extension: { padding },
    });
  let count = 0;
  while (event(count + 1, '').length <= size) {
    count++;
  }
  return event(count, 'x'.repeat(size - event(count, '').length));
}
