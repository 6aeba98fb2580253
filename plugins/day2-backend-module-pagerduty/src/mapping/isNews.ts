/** Messages sent and steps that go on by themselves: the incident stays as it was. */
const noise = new Set([
  'notify_log_entry',
  'repeat_escalation_path_log_entry',
  'exhaust_escalation_path_log_entry',
  'reach_trigger_limit_log_entry',
  'reach_ack_limit_log_entry',
  'responder_request_log_entry',
]);

/** Whether an entry of the log may change what is said of its incident; of unknown types it does. */
export function isNews({ type }: { type: string }): boolean {
  return !noise.has(type.replace(/_reference$/, ''));
}
