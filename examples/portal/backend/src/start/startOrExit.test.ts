import { startOrExit } from './startOrExit';

describe('startOrExit', () => {
  const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
  const write = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((...args: unknown[]) => {
      (args.at(-1) as () => void)();
      return true;
    });

  afterEach(() => jest.clearAllMocks());
  afterAll(() => jest.restoreAllMocks());

  it('says why the backend did not start, and ends with 1', async () => {
    await startOrExit({
      start: async () => {
        throw new Error('day2.git.repositories[0].url: missing');
      },
    });

    expect(write.mock.calls.map(([text]) => text)).toEqual([
      'The portal’s backend did not start: day2.git.repositories[0].url: missing\n',
    ]);
    expect(exit).toHaveBeenCalledWith(1);
  });

  it('ends nothing where it starts', async () => {
    await startOrExit({ start: async () => {} });

    expect(write).not.toHaveBeenCalled();
    expect(exit).not.toHaveBeenCalled();
  });
});
