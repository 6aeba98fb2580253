import { ServiceUnavailableError } from '@backstage/errors';
import type { Request } from 'express';
import {
  PayloadTooLargeError,
  RequestTimeoutError,
  UnsupportedMediaTypeError,
} from './refusedBody';

const TIMEOUT_MS = 10_000;
const MAX_AT_ONCE_BYTES = 64 * 1024 * 1024;

/**
 * Reads bodies as they come, before anybody is known to have sent them: each
 * bounded in size and time, and all together in size.
 */
export class BodyReader {
  readonly #maxBytes: number;
  readonly #timeoutMs: number;
  readonly #maxAtOnceBytes: number;
  #bytes = 0;

  private constructor(options: BodyReaderOptions) {
    this.#maxBytes = options.maxBytes;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#maxAtOnceBytes = options.maxAtOnceBytes ?? MAX_AT_ONCE_BYTES;
  }

  static create(options: BodyReaderOptions): BodyReader {
    return new BodyReader(options);
  }

  /**
   * Does something with the body of a request.
   *
   * @throws UnsupportedMediaTypeError, PayloadTooLargeError,
   * RequestTimeoutError, or ServiceUnavailableError where too much is read at once
   */
  async use<T>(
    request: Request,
    work: (body: Buffer) => Promise<T>,
  ): Promise<T> {
    const taken = { bytes: 0 };
    try {
      return await work(await this.#read(request, taken));
    } finally {
      this.#bytes -= taken.bytes;
    }
  }

  async #read(request: Request, taken: { bytes: number }): Promise<Buffer> {
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') {
      throw new UnsupportedMediaTypeError('Send the body without compression');
    }
    if (Number(request.headers['content-length'] ?? 0) > this.#maxBytes) {
      throw this.#tooLarge();
    }
    const chunks: Buffer[] = [];
    let timer: NodeJS.Timeout | undefined;
    let end: () => void = () => {};
    try {
      await new Promise<void>((resolve, reject) => {
        const onData = (chunk: Buffer) => {
          taken.bytes += chunk.length;
          this.#bytes += chunk.length;
          chunks.push(chunk);
          if (taken.bytes > this.#maxBytes) {
            reject(this.#tooLarge());
          } else if (this.#bytes > this.#maxAtOnceBytes) {
            reject(
              new ServiceUnavailableError(
                'Too many deliveries at once; send it again later',
              ),
            );
          }
        };
        // Nobody is there to answer.
        const onClose = () => reject(new RequestTimeoutError('Cut off'));
        request.on('data', onData);
        request.once('end', resolve);
        request.once('error', reject);
        request.once('close', onClose);
        timer = setTimeout(
          () =>
            reject(
              new RequestTimeoutError(
                `The body did not come within ${this.#timeoutMs / 1000} s`,
              ),
            ),
          this.#timeoutMs,
        );
        end = () => {
          request.off('data', onData);
          request.off('close', onClose);
          // What is still to come is let go by, so that the answer is heard.
          request.resume();
        };
      });
    } finally {
      clearTimeout(timer);
      end();
    }
    return Buffer.concat(chunks);
  }

  #tooLarge(): PayloadTooLargeError {
    return new PayloadTooLargeError('The body is too large');
  }
}

/** What a reader needs. */
export interface BodyReaderOptions {
  /** Of one body. */
  maxBytes: number;
  /** For the whole of one body; 10 s by default. */
  timeoutMs?: number;
  /** Of all bodies that are being read; 64 MiB by default. */
  maxAtOnceBytes?: number;
}
