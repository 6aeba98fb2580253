import type { RequestHandler } from 'express';
import type { SandboxTool } from './Faults';

/** How often each tool was asked, to see that a page asks none. */
export class RequestCounts {
  readonly #counts = new Map<SandboxTool, number>();

  private constructor() {}

  static create(): RequestCounts {
    return new RequestCounts();
  }

  list(): Record<SandboxTool, number> {
    return {
      git: this.#counts.get('git') ?? 0,
      argocd: this.#counts.get('argocd') ?? 0,
      pagerduty: this.#counts.get('pagerduty') ?? 0,
    };
  }

  /** In front of a tool's routes. */
  middleware(tool: SandboxTool): RequestHandler {
    return (_request, _response, next) => {
      this.#counts.set(tool, (this.#counts.get(tool) ?? 0) + 1);
      next();
    };
  }
}
