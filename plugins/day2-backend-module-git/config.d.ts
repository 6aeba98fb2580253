import type { HumanDuration } from '@backstage/types';

export interface Config {
  day2?: {
    git?: {
      /** Where the bare mirrors are kept; default ./mirrors below the working directory. */
      directory?: string;
      /** What each mirror may grow to, like 20 GB; default 10 GB. */
      maxMirrorSize?: string;
      repositories?: Array<{
        /** Unique; the source is git:<name>. Default: the last part of the url. */
        name?: string;
        /** https, http, ssh, user@host:path, file: or a path relative to the process. */
        url: string;
        /** Default: the branch the remote's HEAD names. */
        branch?: string;
        /** gitops: desired state is read; application: commits and tags are. */
        role: 'gitops' | 'application';
        /** owner/name, by which services may point to it. */
        slug?: string;
        /** Where people look at it; derived for hosts with an integration. */
        webUrl?: string;
        /** How often to look for something new; default a minute, from 5 seconds to 7 days. */
        every?: string | HumanDuration;
        /** A date; older history is not read. */
        since?: string;
        environments?: Array<{
          /** Regular expression over file paths with the named groups environment, target, application. */
          path: string;
        }>;
        patterns?: Array<{
          /** Regular expression over file paths. */
          files: string;
          /** Regular expression over the text with the named group version and perhaps application, image, environment, target. */
          match: string;
          /** Text with {{group}}. */
          application?: string;
          /** Text with {{group}}. */
          image?: string;
          /** Text with {{group}}. */
          environment?: string;
          /** Text with {{group}}. */
          target?: string;
        }>;
        tags?: Array<{
          /** Regular expression over a version with the named group sha or tag. */
          match: string;
        }>;
        username?: string;
        /** @visibility secret */
        password?: string;
        /** @visibility secret */
        token?: string;
      }>;
    };
  };
}
