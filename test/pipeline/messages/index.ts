import { APPLICATIONS } from './applications.ts';
import { CLOUDS } from './clouds.ts';
import { COMPILED } from './compiled.ts';
import { DATABASES } from './databases.ts';
import { DATABASES_OTHER } from './databases-other.ts';
import { FRAMEWORKS } from './frameworks.ts';
import type { MessageGroup } from './group.ts';
import { HOSTS } from './hosts.ts';
import { LANGUAGES } from './languages.ts';
import { LANGUAGES_OTHER } from './languages-other.ts';
import { MIXED } from './mixed.ts';
import { NETWORK } from './network.ts';
import { NODE } from './node.ts';
import { NODE_SYSTEM } from './node-system.ts';
import { ORMS } from './orms.ts';
import { OTHER_RUNTIMES } from './other-runtimes.ts';
import { PLATFORMS } from './platforms.ts';
import { QUEUES_AND_HTTP } from './queues-and-http.ts';
import { SCRIPTS } from './scripts.ts';
import { STORES } from './stores.ts';
import { WEB_APIS } from './web-apis.ts';

export const TABLES: Readonly<Record<string, readonly MessageGroup[]>> = {
  applications: APPLICATIONS,
  clouds: CLOUDS,
  'mixed ones': MIXED,
  'Go, Rust, Erlang': COMPILED,
  databases: DATABASES,
  'other databases': DATABASES_OTHER,
  frameworks: FRAMEWORKS,
  hosts: HOSTS,
  languages: LANGUAGES,
  'languages of other scripts': LANGUAGES_OTHER,
  network: NETWORK,
  node: NODE,
  'node and its system': NODE_SYSTEM,
  ORMs: ORMS,
  'Java and .NET': OTHER_RUNTIMES,
  platforms: PLATFORMS,
  'queues and HTTP': QUEUES_AND_HTTP,
  scripts: SCRIPTS,
  stores: STORES,
  'web APIs': WEB_APIS,
};
