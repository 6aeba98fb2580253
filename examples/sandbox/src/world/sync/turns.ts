/** Nothing of this happens earlier. */
export const firstDay = 3;

/** What happens to which applications, in turn: each begins before the last has ended. */
export const turns = {
  /** Somebody switches the automated sync off, to try something, and forgets it. */
  forgotten: {
    every: 5,
    days: 7,
    applications: [
      'storefront-web-development',
      'payments-api-development',
      'checkout-development',
    ],
  },
  /** Somebody changes a resource by hand. */
  drift: {
    every: 4,
    days: 6,
    applications: [
      'pricing-production',
      'fraud-scoring-production',
      'shipping-api-production',
      'cart-production',
    ],
  },
  /** The repo server cannot make the manifests. */
  unreadable: {
    every: 5,
    days: 6,
    applications: ['search-api-staging', 'fraud-scoring-staging'],
  },
  selfHeal: {
    every: 2,
    days: 0,
    applications: [
      'currency-rates-production',
      'payments-api-staging',
      'currency-rates-staging',
    ],
  },
};
