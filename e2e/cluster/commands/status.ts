import { connect } from '../cluster';

try {
  const cluster = await connect();
  cluster.check();
  console.log(await cluster.kubectl(['get', 'nodes,pods', '--all-namespaces', '--output=wide']));
  for (const [name, version] of Object.entries(await cluster.versions())) {
    console.log(`${name}: ${version}`);
  }
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
