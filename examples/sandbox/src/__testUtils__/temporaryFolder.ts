import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** A folder for the tests of a file, removed after them. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'day2-sandbox-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
