export { startOrExit } from './startOrExit';
