const KEY = 'day2-portal.sign-in';

/** The choice's id, kept in this browser so that a reload stays signed in. */
export const rememberedChoice = {
  get(): string | undefined {
    return window.localStorage.getItem(KEY) ?? undefined;
  },
  set(id: string): void {
    window.localStorage.setItem(KEY, id);
  },
  clear(): void {
    window.localStorage.removeItem(KEY);
  },
};
