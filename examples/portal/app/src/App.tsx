import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './nav';
import { signInModule } from './signIn';

// Every plugin comes by discovery (`app.packages` in app-config.yaml) from this
// package's dependencies: here is only what is the portal's own.
export default createApp({ features: [navModule, signInModule] });
