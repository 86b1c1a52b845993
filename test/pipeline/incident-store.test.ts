import { createMemoryIncidentStore } from '../../src/pipeline/incident-store.ts';
import { describeIncidentStore } from './incident-store.suite.ts';

describeIncidentStore('memory', createMemoryIncidentStore);
