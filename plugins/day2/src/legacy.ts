export { EntityDay2Content } from './services/EntityDay2Content';
