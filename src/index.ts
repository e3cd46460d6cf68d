export * from './autoscaling-options';
export * from './drain';
export * from './health-check';
export * from './pod-security';
export * from './ports';
export * from './service-options';
export * from './zero-downtime-deployment';
export * from './zero-downtime-deployment-props';
