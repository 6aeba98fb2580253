const DAY_MS = 86_400_000;

/**
 * When the harm began, where the alert's rule says so: the annotation
 * `impact_started_at`, an ISO instant or, as templates of Prometheus give it,
 * seconds since 1970. Epoch milliseconds.
 *
 * @returns undefined where it says nothing, or nothing that can be: not after
 * it fired, nor more than a day before
 */
export function impactStart(
  annotations: Record<string, string>,
  startsAt: number,
): number | undefined {
  const text = annotations.impact_started_at?.trim() ?? '';
  const at = /^\d+(?:\.\d+)?(?:e\+?\d+)?$/i.test(text)
    ? Number(text) * 1000
    : Date.parse(text);
  return at <= startsAt && at > startsAt - DAY_MS ? Math.round(at) : undefined;
}
