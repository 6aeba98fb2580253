import type { EnvironmentTier } from './environment';

/**
 * One entry of `day2.environments` in the configuration.
 *
 * @public
 */
export interface EnvironmentRule {
  name: string;
  tier: EnvironmentTier;
  /** Glob patterns (`*` only) over what a source calls the environment; the name itself always matches. */
  match: string[];
  targets?: string[];
}

/**
 * The configured environment that a source's word for it stands for, the first
 * rule that matches (case-insensitively); the word itself with tier `unknown`
 * where none does.
 *
 * @public
 */
export function resolveEnvironment(options: {
  word: string;
  rules: EnvironmentRule[];
}): { name: string; tier: EnvironmentTier; targets?: string[] } {
  const word = options.word.trim().toLowerCase();
  for (const rule of options.rules) {
    if (
      rule.name.toLowerCase() === word ||
      rule.match.some(glob => globMatches(glob, word))
    ) {
      return { name: rule.name, tier: rule.tier, targets: rule.targets };
    }
  }
  return { name: options.word.trim(), tier: 'unknown' };
}

function globMatches(glob: string, word: string): boolean {
  const parts = glob.toLowerCase().split('*');
  if (parts.length === 1) {
    return parts[0] === word;
  }
  const first = parts[0];
  const last = parts[parts.length - 1];
  if (
    !word.startsWith(first) ||
    !word.endsWith(last) ||
    word.length < first.length + last.length
  ) {
    return false;
  }
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = word.indexOf(part, at);
    if (found < 0 || found + part.length > word.length - last.length) {
      return false;
    }
    at = found + part.length;
  }
  return true;
}
