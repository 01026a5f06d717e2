/** Settings of the Node-RED that `npm start` runs; PORT and HOST were checked by start.mjs. */
module.exports = {
  uiPort: Number(process.env.PORT),
  uiHost: process.env.HOST,
  flowFile: 'flows.json',
  flowFilePretty: true,
  // A key kept beside the file would protect nothing, and Node-RED warns at length about its own.
  credentialSecret: false,
  telemetry: { enabled: false, updateNotification: false },
  editorTheme: {
    page: { title: '1-Wire demo' },
    header: { title: '1-Wire demo' },
    tours: false,
    projects: { enabled: false },
  },
  contextStorage: { default: { module: 'memory' } },
  logging: { console: { level: 'info', metrics: false, audit: false } },
};
