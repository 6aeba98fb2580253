import { normalizeImage } from '../subjects/normalizeImage';
import type { UnreadRollout } from './rolloutsOf';
import type { ImageRef } from './sequenceObservation';

/**
 * Of the images that a sync put live those that are the service's: those that
 * Git knows (`lines`), else the one that is said to be its own (`images`), else
 * the one whose name resembles the application's, else the first. None where
 * several versions of it run, as while one takes the place of another.
 */
export function imagesOfService(options: {
  rollout: UnreadRollout;
  lines: readonly string[];
  images: readonly string[];
}): ImageRef[] {
  const { rollout, lines } = options;
  const versioned = rollout.images.filter(({ tag, digest }) => tag ?? digest);
  const isClear = (image: ImageRef) =>
    versioned.every(
      other =>
        lineOf(other) !== lineOf(image) ||
        versionOf(other) === versionOf(image),
    );
  const byGit = versioned.filter(image => lines.includes(lineOf(image)));
  if (byGit.length > 0) {
    return byGit.filter(isClear);
  }
  const own = new Set(options.images.map(normalizeImage));
  const application = rollout.main.about.application?.toLowerCase() ?? '';
  const main =
    versioned.find(({ repository }) =>
      own.has(normalizeImage(repository ?? '')),
    ) ??
    versioned.find(image => lineOf(image) === application) ??
    versioned.find(image => resemble(lineOf(image), application)) ??
    versioned[0];
  return main && isClear(main) ? [main] : [];
}

function versionOf({ tag, digest }: ImageRef): string | undefined {
  return tag ?? digest;
}

/** Last part of an image's name. */
export function lineOf(image: ImageRef): string {
  return image.repository?.split('/').pop()?.toLowerCase() ?? '';
}

function resemble(image: string, application: string): boolean {
  return (
    image !== '' &&
    application !== '' &&
    (image.includes(application) || application.includes(image))
  );
}
