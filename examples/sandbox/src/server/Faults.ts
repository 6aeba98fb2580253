import type { RequestHandler } from 'express';
import { z } from 'zod';

/** How a tool misbehaves: not at all, by an error, a login page, slowness, silence. @public */
export type FaultMode = 'off' | '500' | 'html' | 'slow' | 'none';

/** A tool the sandbox speaks for; later connectors add theirs. @public */
export type SandboxTool = 'git';

/** Body of `POST /world/faults`. */
export const FaultInput = z
  .object({
    tool: z.enum(['git']),
    mode: z.enum(['off', '500', 'html', 'slow', 'none']),
    delaySeconds: z.number().min(0).max(600).default(20),
  })
  .strict();

/** Switches that make a tool misbehave, to see what the portal makes of it. */
export class Faults {
  readonly #modes = new Map<
    SandboxTool,
    { mode: FaultMode; delaySeconds: number }
  >();

  private constructor() {}

  static create(): Faults {
    return new Faults();
  }

  set(input: z.infer<typeof FaultInput>): void {
    this.#modes.set(input.tool, input);
  }

  list(): Record<SandboxTool, FaultMode> {
    return { git: this.#modes.get('git')?.mode ?? 'off' };
  }

  /** In front of a tool's routes. */
  middleware(tool: SandboxTool): RequestHandler {
    return (request, response, next) => {
      const { mode, delaySeconds } = this.#modes.get(tool) ?? {
        mode: 'off',
        delaySeconds: 0,
      };
      switch (mode) {
        case '500':
          response.status(500).type('text/plain').send('internal error\n');
          break;
        case 'html':
          response
            .status(200)
            .type('text/html')
            .send('<!doctype html><title>Sign in</title><h1>Sign in</h1>\n');
          break;
        case 'slow': {
          const timer = setTimeout(next, delaySeconds * 1000);
          response.on('close', () => clearTimeout(timer));
          break;
        }
        case 'none':
          // As if nothing listened: the connection ends without an answer.
          request.socket.destroy();
          break;
        default:
          next();
      }
    };
  }
}
