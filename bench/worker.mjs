/**
 * One measurement in a process of its own: synthesizes an app into a folder and prints as JSON what it took.
 *
 * Usage: node bench/worker.mjs SIDE CHARTS SERVICES_PER_CHART OUTDIR
 *
 * It is plain JavaScript and loads the compiled library, so that no TypeScript loader takes part. Loading
 * counts in the peak memory and not in the time.
 */
import { performance } from 'node:perf_hooks';
import { argv, cpuUsage, resourceUsage, stdout } from 'node:process';

const image = 'registry.example.com/web:1.4.2';

/** Each side loads its library and returns the function that adds one service to a chart. */
const SIDES = {
  async plain() {
    const { Deployment, ServiceType } = (await import('cdk8s-plus-27')).default;
    return (chart, name) =>
      new Deployment(chart, name, { containers: [{ image, portNumber: 8080 }] }).exposeViaService({
        serviceType: ServiceType.LOAD_BALANCER,
        ports: [{ port: 80, targetPort: 8080 }],
      });
  },

  async zeroDowntime() {
    const { ZeroDowntimeDeployment } = (await import('../lib/src/index.js')).default;
    return (chart, name) => new ZeroDowntimeDeployment(chart, name, { image, port: 8080 });
  },

  /** The finished manifests of `zeroDowntime`, handed to cdk8s as data: what writing them takes at least. */
  async data() {
    const { ApiObject, App, Chart } = (await import('cdk8s')).default;
    const chart = new Chart(new App(), 'template');
    (await SIDES.zeroDowntime())(chart, 'template');
    const template = JSON.stringify(chart.toJson());
    return (chart, name) => {
      for (const manifest of JSON.parse(template.replaceAll('template', name))) {
        new ApiObject(chart, `${name}-${manifest.kind}`, manifest);
      }
    };
  },
};

async function measure(side, charts, servicesPerChart, outdir) {
  const { App, Chart } = (await import('cdk8s')).default;
  const addService = await SIDES[side]();
  const start = performance.now();
  const cpuStart = cpuUsage();
  const app = new App({ outdir });
  for (let c = 0; c < charts; c++) {
    const chart = new Chart(app, `chart-${c}`);
    for (let s = 0; s < servicesPerChart; s++) {
      addService(chart, `web-${c}-${s}`);
    }
  }
  app.synth();
  const milliseconds = performance.now() - start;
  const { user, system } = cpuUsage(cpuStart);
  return { milliseconds, cpuMilliseconds: (user + system) / 1000, mebibytes: resourceUsage().maxRSS / 1024 };
}

const [side, charts, servicesPerChart, outdir] = argv.slice(2);
stdout.write(JSON.stringify(await measure(side, Number(charts), Number(servicesPerChart), outdir)));
