import { createIncidentTable } from '../../src/pipeline/incident-table.ts';
import { describeIncidentTable } from './incident-table.suite.ts';

describeIncidentTable('memory', createIncidentTable);
