import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages on a busy machine: waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(60_000);
