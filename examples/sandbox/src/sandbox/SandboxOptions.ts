import type { MonitoringPrograms } from '../monitoring/Monitoring';
import type { Protection } from '../server/gitRouter';

/** How a sandbox is made. Instants are epoch milliseconds. @public */
export interface SandboxOptions {
  /** The installation's state folder; the sandbox keeps to `sandbox/` in it. */
  stateDir: string;
  /** 0, or absent, takes any free port. */
  port?: number;
  /** Address to listen on; this machine only where absent. */
  host?: string;
  seed?: number;
  /** 12 to 60. */
  services?: number;
  /** Taken back to midnight UTC; 120 days before `end` where absent. */
  start?: number;
  /** Now where absent. An end that is given stands still: nothing is live. */
  end?: number;
  live?: boolean;
  /** Seconds between two deployments ordered live; 180 where absent. */
  pace?: number;
  /** Begins anew. */
  reset?: boolean;
  /** Where to post deployments of what is not GitOps; nowhere where absent. */
  backend?: { url: string; token: string };
  /** Repositories that want a user and a password. */
  protection?: Protection;
  /** What the Argo CDs take as bearer token, and as password of `day2`; `sandbox` where absent. */
  argocdToken?: string;
  /** Runs a real Prometheus and Alertmanager beside it; neither where absent. */
  monitoring?: {
    programs: MonitoringPrograms;
    /** 0, or absent, takes any free port. */
    prometheusPort?: number;
    alertmanagerPort?: number;
  };
  /** The clock; the machine's where absent. */
  now?: () => number;
  /** Told what is being done, in words. */
  onProgress?: (text: string) => void;
}
