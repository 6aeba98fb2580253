/** What a file of a tool's refers to, relative to the folder it is in. */
export interface References {
  /** Folders and files whose own references count too; an address elsewhere may be among them. */
  resources: string[];
  /** Files that are taken as they are. */
  files: string[];
  /** Folders of Helm charts. */
  charts: string[];
  /** What no mirror can show, in words. */
  unfollowed: string[];
}
