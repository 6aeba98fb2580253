/** An image reference, taken apart. */
export interface ImageRef {
  repository?: string;
  tag?: string;
  digest?: string;
}

/** What of an application changes when a new release of it is asked for. */
export interface Version {
  /** As written: tag, digest or chart version. */
  name: string;
  image?: ImageRef;
  /** It is the version of a Helm chart and says nothing of the application's commits. */
  isChart?: boolean;
}

/**
 * Something that runs, as one of the readers found it in the desired state: a
 * workload of Kubernetes, an Argo CD application, a set of Helm values, a match
 * of a configured pattern.
 */
export interface Workload {
  kind: string;
  name: string;
  namespace?: string;
  labels: Record<string, string>;
  version?: Version;
  /** Repositories of all its images, the version's first. */
  images: string[];
  /** What a `images[].name` of a Kustomization calls its images. */
  imageNames: string[];
  /** File that declares it. */
  file: string;
  /** Fields that hold the version, as `file|resource|field`; kept out of the configuration. */
  versionFields: string[];
  /** Where the document itself says so. */
  environment?: string;
  target?: string;
}

/** An application in one environment: what observations speak about. */
export interface Unit {
  /** Unique within the repository: path and workload. */
  key: string;
  /** Directory or file. */
  path: string;
  application: string;
  environment?: string;
  target?: string;
  primary: Workload;
  /** Further workloads of the same application, e.g. its CronJobs. */
  members: Workload[];
}

/** A field of a document and its value as text. */
export interface Field {
  /** `Kind/name`, where the document is one of Kubernetes. */
  resource?: string;
  /** Dotted path; list items by their name. */
  field: string;
  value: string;
  /** The value is not to be shown. */
  secret: boolean;
}

/** A parsed YAML document and the resource it is. */
export interface Document {
  resource?: string;
  value: unknown;
}

/** Why a file is left out. */
export type SkipReason =
  | 'not YAML'
  | 'Helm template'
  | 'binary'
  | 'larger than 5 MB'
  | 'symbolic link'
  | 'submodule'
  | 'other file type';

/** A file of the desired state, read. */
export type ParsedFile =
  | { documents: Document[]; text?: string }
  | { skipped: SkipReason };
