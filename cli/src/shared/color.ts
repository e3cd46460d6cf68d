/** When a text has colors. */
export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;

/**
 * Whether a text gets colors: what was asked for, else what the environment says, else whether it goes to a terminal. Sources:
 * https://no-color.org and https://force-color.org
 */
export function useColor(
  asked: (typeof COLOR_CHOICES)[number] = 'auto',
  { isTTY = false }: { readonly isTTY?: boolean },
  { NO_COLOR = '', FORCE_COLOR = '', TERM }: Readonly<Record<string, string | undefined>>,
): boolean {
  if (asked !== 'auto') {
    return asked === 'always';
  }
  if (NO_COLOR !== '') {
    return false;
  }
  if (FORCE_COLOR !== '') {
    return FORCE_COLOR !== '0';
  }
  return isTTY && TERM !== 'dumb';
}
