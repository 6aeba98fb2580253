import type { RequestHandler, Response } from 'express';
import { z } from 'zod';
import { sendGatewayError } from '../argocd/gatewayError';
import { sendError } from '../pagerduty/sendError';

/**
 * How a tool misbehaves: not at all (`off`: no fault), by no answer at all
 * (`none`), by refusing, too many requests, an error, a sign-in page, slowness.
 * Argo CD's `403` is of some applications only.
 *
 * @public
 */
export type FaultMode =
  | 'off'
  | 'none'
  | '401'
  | '403'
  | '429'
  | '500'
  | 'html'
  | 'slow';

/** A tool the sandbox speaks for; later connectors add theirs. @public */
export type SandboxTool = 'git' | 'argocd' | 'pagerduty';

/** Body of `POST /world/faults`. */
export const FaultInput = z
  .object({
    tool: z.enum(['git', 'argocd', 'pagerduty']),
    /** Of several instances of the tool this one alone. */
    instance: z.string().optional(),
    mode: z.enum(['off', 'none', '401', '403', '429', '500', 'html', 'slow']),
    delaySeconds: z.number().min(0).max(600).default(20),
  })
  .strict();

/** Switches that make a tool misbehave, to see what the portal makes of it. */
export class Faults {
  readonly #modes = new Map<
    SandboxTool,
    { mode: FaultMode; delaySeconds: number; instance?: string }
  >();

  private constructor() {}

  static create(): Faults {
    return new Faults();
  }

  set(input: z.infer<typeof FaultInput>): void {
    this.#modes.set(input.tool, input);
  }

  list(): Record<SandboxTool, FaultMode> {
    return {
      git: this.#mode('git'),
      argocd: this.#mode('argocd'),
      pagerduty: this.#mode('pagerduty'),
    };
  }

  /** Whether a tool refuses one of its objects: with `403` those of payments. */
  forbids(
    tool: SandboxTool,
    of: { instance: string; project: string },
  ): boolean {
    const { mode, instance } = this.#modes.get(tool) ?? { mode: 'off' };
    return (
      mode === '403' &&
      of.project === 'payments' &&
      (!instance || instance === of.instance)
    );
  }

  #mode(tool: SandboxTool): FaultMode {
    return this.#modes.get(tool)?.mode ?? 'off';
  }

  /** In front of a tool's routes. */
  middleware(tool: SandboxTool): RequestHandler {
    return (request, response, next) => {
      const { mode, delaySeconds, instance } = this.#modes.get(tool) ?? {
        mode: 'off',
        delaySeconds: 0,
      };
      if (instance && !request.path.startsWith(`/${instance}/`)) {
        next();
        return;
      }
      switch (mode) {
        case '401':
          refuse(tool, response, 401);
          break;
        case '403':
          if (tool === 'argocd') {
            // Its routes know which applications.
            next();
          } else {
            refuse(tool, response, 403);
          }
          break;
        case '429':
          refuse(tool, response, 429);
          break;
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

function refuse(
  tool: SandboxTool,
  response: Response,
  status: 401 | 403 | 429,
) {
  if (status === 429) {
    response.set('ratelimit-reset', '5');
  }
  if (tool === 'pagerduty') {
    sendError(response, status);
  } else if (tool === 'argocd' && status !== 429) {
    sendGatewayError(response, 16, 'invalid session: token is not valid');
  } else {
    response.status(status).type('text/plain').send('refused\n');
  }
}
