export interface Config {
  auth?: {
    providers?: {
      /**
       * Sign-in without a password as one of the sandbox's people. For
       * development and tests only.
       */
      sandboxPeople?: {
        /** Who is offered on the sign-in page, in this order. */
        people?: Array<{
          /**
           * What the request says, for example `bo`.
           * @visibility frontend
           */
          name: string;
          /** The catalog user it stands for, for example `user:default/bo`. */
          userEntityRef: string;
          /**
           * The person's name as shown; by default `name`.
           * @visibility frontend
           */
          displayName?: string;
          /**
           * Role and team in words, for example `Developer in storefront`.
           * @visibility frontend
           */
          description?: string;
          email?: string;
        }>;
        /** Allows this provider when `NODE_ENV` is not `development`. */
        dangerouslyAllowOutsideDevelopment?: boolean;
      };
    };
  };

  portal?: {
    /** The catalog file that `npm start -- --gitops <url>` writes. May be absent. */
    generatedCatalog?: string;
    signIn?: {
      /**
       * Whether the sign-in page offers the guest and the sandbox's people.
       * @visibility frontend
       */
      sandbox?: boolean;
      /**
       * What the sign-in page says of the guest, for example `The same as Ana`.
       * Without it no guest is offered.
       * @visibility frontend
       */
      guest?: string;
    };
  };
}
