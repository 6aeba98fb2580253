import type { Request } from 'express';
import { BodyLane, type Reading } from './BodyLane';
import {
  PayloadTooLargeError,
  RequestTimeoutError,
  UnsupportedMediaTypeError,
} from './refusedBody';

const TIMEOUT_MS = 10_000;
const MAX_AT_ONCE_BYTES = 64 * 1024 * 1024;
/** Of what is read at once, for whom nothing tells yet who sends it. */
const UNPROVEN_PART = 0.25;
/** Of each lane: those that are held open cost their connections, and each a look. */
const MAX_READINGS = 2_000;

/**
 * Reads bodies as they come: each bounded in size and time, and all together in
 * size. Those that are proven by their headers have room of their own, which
 * nobody else can take. Where there is no more room, the largest that is still
 * coming gives its place up: many that are held open cannot keep out what is
 * short, as deliveries are.
 */
export class BodyReader {
  readonly #maxBytes: number;
  readonly #timeoutMs: number;
  readonly #proven: BodyLane;
  readonly #unproven: BodyLane;

  private constructor(options: BodyReaderOptions) {
    this.#maxBytes = options.maxBytes;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    const all = options.maxAtOnceBytes ?? MAX_AT_ONCE_BYTES;
    const maxReadings = options.maxReadings ?? MAX_READINGS;
    this.#unproven = BodyLane.create({ max: all * UNPROVEN_PART, maxReadings });
    this.#proven = BodyLane.create({
      max: all * (1 - UNPROVEN_PART),
      maxReadings,
    });
  }

  static create(options: BodyReaderOptions): BodyReader {
    return new BodyReader(options);
  }

  /** Of all that are in hand. */
  get bytesAtOnce(): number {
    return this.#proven.bytes + this.#unproven.bytes;
  }

  /**
   * Does something with the body of a request.
   *
   * @throws UnsupportedMediaTypeError, PayloadTooLargeError,
   * RequestTimeoutError, or ServiceUnavailableError where too much is read at once
   */
  async use<T>(
    options: {
      request: Request;
      /** By its headers alone it is known who sent it. */
      isProven?: boolean;
    },
    work: (body: Buffer) => Promise<T>,
  ): Promise<T> {
    const lane = options.isProven ? this.#proven : this.#unproven;
    const reading = lane.open();
    try {
      return await work(await this.#read(options.request, reading, lane));
    } finally {
      lane.close(reading);
    }
  }

  async #read(
    request: Request,
    reading: Reading,
    lane: BodyLane,
  ): Promise<Buffer> {
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
        reading.cutOff = error => {
          // It is let go at once, not when its sender notices.
          lane.add(reading, -reading.bytes);
          chunks.length = 0;
          reject(error);
          end();
        };
        const onData = (chunk: Buffer) => {
          lane.add(reading, chunk.length);
          chunks.push(chunk);
          if (reading.bytes > this.#maxBytes) {
            reject(this.#tooLarge());
          } else {
            lane.makeRoom();
          }
        };
        // Nobody is there to answer.
        const onClose = () => reject(new RequestTimeoutError('Cut off'));
        end = () => {
          request.off('data', onData);
          request.off('close', onClose);
          // What is still to come is let go by, so that the answer is heard.
          request.resume();
        };
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
      });
    } finally {
      clearTimeout(timer);
      reading.cutOff = undefined;
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
  /** Of each lane; 2,000 by default. */
  maxReadings?: number;
}
