import { mkdir, open, readFile, rename, rm, writeFile } from 'fs/promises';
import { join } from 'path';
import { z } from 'zod';
import type { Stimulus } from '../world/records';

/** Raised when what the world model makes of a seed changes. */
const modelVersion = 1;

const Seed = z.object({
  modelVersion: z.number(),
  seed: z.number().int(),
  start: z.iso.datetime(),
  services: z.number().int(),
});

const StimulusLine = z.object({
  id: z.string(),
  at: z.number().int(),
  service: z.string(),
  tempoSeconds: z.number().positive(),
  rollbackSeconds: z.number().positive().optional(),
});

/** What a world was made from, kept from its first start. */
export interface WorldSeed {
  seed: number;
  start: number;
  services: number;
}

/**
 * `<state>/sandbox`: what is kept between two starts. `world.json` is written
 * last; without it the rest is the remains of a creation that was cut off.
 */
export class StateFolder {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static create(options: { stateDir: string }): StateFolder {
    return new StateFolder(join(options.stateDir, 'sandbox'));
  }

  get gitDirectory(): string {
    return join(this.directory, 'git');
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  /**
   * @throws Error where the world was made by another version of the sandbox,
   * or its file cannot be read.
   */
  async readSeed(): Promise<WorldSeed | undefined> {
    const text = await this.read('world.json');
    if (text === undefined) {
      return undefined;
    }
    const parsed = Seed.safeParse(parseJson(text));
    if (!parsed.success || parsed.data.modelVersion !== modelVersion) {
      throw new Error(
        `${this.path(
          'world.json',
        )} was not written by this version of the sandbox. Begin anew with: npm start -- --reset`,
      );
    }
    const { seed, start, services } = parsed.data;
    return { seed, start: Date.parse(start), services };
  }

  async writeSeed(world: WorldSeed): Promise<void> {
    await this.write(
      'world.json',
      `${JSON.stringify(
        { modelVersion, ...world, start: new Date(world.start).toISOString() },
        undefined,
        2,
      )}\n`,
    );
  }

  /** Deployments ordered live so far; a line cut off by a crash is left out. */
  async readStimuli(): Promise<Stimulus[]> {
    const text = (await this.read('stimuli.jsonl')) ?? '';
    const complete = text.slice(0, text.lastIndexOf('\n') + 1);
    if (complete !== text) {
      await this.write('stimuli.jsonl', complete);
    }
    return complete
      .split('\n')
      .filter(Boolean)
      .map(line => StimulusLine.parse(parseJson(line)));
  }

  /** Kept on disk before the world knows of it, so that it can be replayed. */
  async appendStimulus(stimulus: Stimulus): Promise<void> {
    const file = await open(this.path('stimuli.jsonl'), 'a');
    const { size } = await file.stat();
    try {
      await file.appendFile(`${JSON.stringify(stimulus)}\n`);
      await file.sync();
    } catch (error) {
      // Half a line, of a full disk, would spoil the next one as well.
      await file.truncate(size);
      throw error;
    } finally {
      await file.close();
    }
  }

  async read(name: string): Promise<string | undefined> {
    try {
      return await readFile(this.path(name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
  }

  /** Replaces a file as a whole: a reader never sees half of it. */
  async write(name: string, text: string): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const partial = this.path(`${name}.partial`);
    await writeFile(partial, text);
    await rename(partial, this.path(name));
  }

  /** Removes the whole world. */
  async clear(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
