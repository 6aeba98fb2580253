import { ProxiedSignInPage } from '@backstage/core-components';
import {
  configApiRef,
  IdentityApi,
  useApi,
} from '@backstage/frontend-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { ComponentType, useMemo, useState } from 'react';
import { ForgettingIdentity } from './ForgettingIdentity';
import { readSignInChoices } from './readSignInChoices';
import { rememberedChoice } from './rememberedChoice';
import { SignInChoices } from './SignInChoices';
import { SignInError } from './SignInError';

/**
 * Asks who one is and signs in. The choice is remembered in the browser until
 * one signs out, so that a reload asks nothing.
 */
export function SandboxSignInPage({ onSignInSuccess }: SignInPageProps) {
  const config = useApi(configApiRef);
  const choices = useMemo(() => readSignInChoices(config), [config]);
  const [chosenId, setChosenId] = useState(() => rememberedChoice.get());
  const [attempt, setAttempt] = useState(0);
  const chosen = choices.find(choice => choice.id === chosenId);

  const ErrorComponent = useMemo<ComponentType<{ error?: Error }>>(
    () =>
      function ChosenSignInError({ error }) {
        return (
          <SignInError
            error={error}
            onRetry={() => setAttempt(count => count + 1)}
            onBack={() => {
              rememberedChoice.clear();
              setChosenId(undefined);
            }}
          />
        );
      },
    [],
  );

  if (!chosen) {
    return (
      <SignInChoices
        title={config.getOptionalString('app.title') ?? 'Day 2'}
        choices={choices}
        onChoose={({ id }) => setChosenId(id)}
      />
    );
  }

  return (
    <ProxiedSignInPage
      key={`${chosen.id} ${attempt}`}
      provider={chosen.provider}
      headers={chosen.headers}
      ErrorComponent={ErrorComponent}
      onSignInSuccess={(identity: IdentityApi) => {
        rememberedChoice.set(chosen.id);
        onSignInSuccess(ForgettingIdentity.create({ identity }));
      }}
    />
  );
}
