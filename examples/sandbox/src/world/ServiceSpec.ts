/** How a build names its image, and so what is written into the GitOps file. */
export type TagShape =
  | 'semver-sha' // v3.2.0-1a2b3c4d
  | 'branch-sha' // main-1a2b3c4d
  | 'short-sha' // 6eaf9b6
  | 'full-sha'
  | 'git-tag' // v1.4.2, a Git tag of the application's repository
  | 'prefixed-git-tag' // pricing-v1.4.2, the same in a monorepo
  | 'plain-git-tag'; // 5.3.0, the same without a v

/** Where the desired state of a service is written. */
export type Delivery =
  | 'kustomize'
  | 'manifest'
  | 'helm'
  | 'argocd'
  | 'env-file'
  | 'posted';

export type EnvironmentName = 'development' | 'staging' | 'production';

export type Team = 'payments' | 'storefront' | 'logistics' | 'nobody';

/** What is fixed about a service of the sandbox. @public */
export interface ServiceSpec {
  name: string;
  team: Team;
  system: string;
  description: string;
  /** 1, the most critical, to 4. */
  tier: number;
  dependsOn: string[];
  /** Application repository, and the folders of it that are this service's. */
  repository: string;
  folders?: string[];
  language: 'typescript' | 'go' | 'python';
  tagShape: TagShape;
  delivery: Delivery;
  /** Names of the production targets, in the order they are reached. */
  productionTargets: string[];
  /** Whether the targets of production are reached by one commit. */
  targetsTogether?: boolean;
  /** Prefix of its issue keys. */
  issues: 'PAY' | 'SHOP' | 'LOG';
  /** Merges to main a working day, on average. */
  mergesPerDay: number;
  /** Chance a working day that what is in staging goes to production. */
  releaseChance: number;
  /** Whether pull requests are squashed or merged with a merge commit. */
  mergeStyle: 'squash' | 'merge';
  /** Version at the beginning of the world. */
  version: [major: number, minor: number, patch: number];
}
