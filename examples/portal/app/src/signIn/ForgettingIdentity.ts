import { IdentityApi } from '@backstage/frontend-plugin-api';
import { rememberedChoice } from './rememberedChoice';

/** An identity that is no longer remembered once it has signed out. */
export class ForgettingIdentity implements IdentityApi {
  readonly #identity: IdentityApi;

  private constructor(identity: IdentityApi) {
    this.#identity = identity;
  }

  static create(options: { identity: IdentityApi }): ForgettingIdentity {
    return new ForgettingIdentity(options.identity);
  }

  getProfileInfo() {
    return this.#identity.getProfileInfo();
  }

  getBackstageIdentity() {
    return this.#identity.getBackstageIdentity();
  }

  getCredentials() {
    return this.#identity.getCredentials();
  }

  async signOut() {
    rememberedChoice.clear();
    await this.#identity.signOut();
  }
}
