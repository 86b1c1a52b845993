#!/usr/bin/env node
// In the repository and not built: npm links a command only if its file is there when it installs, which is before the build.
import '../dist/cli/main.js';
