import { App, Chart } from 'cdk8s';
import { ConfigMap, Volume } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';

class Site extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Give it a new name with each change: pods then roll, and a rollback finds the old pages.
    const pages = new ConfigMap(this, 'pages', {
      metadata: { name: 'site-pages-1' },
      immutable: true,
      data: { 'index.html': '<!doctype html><title>Site</title><h1>It works</h1>\n' },
    });

    const site = new ZeroDowntimeDeployment(this, 'site', {
      image: 'nginxinc/nginx-unprivileged:1.27.3',
      port: 8080,
    });
    site.container.mount('/usr/share/nginx/html', Volume.fromConfigMap(this, 'pages-volume', pages), {
      readOnly: true,
    });
  }
}

const app = new App();
new Site(app, 'site');
app.synth();
