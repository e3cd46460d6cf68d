from cdk8s import App, Chart, Duration
from cdk8s_plus_27 import EnvValue, PercentOrAbsolute
from cdk8s_zero_downtime import Drain, ExtraPort, HealthCheck, RolloutOptions, ZeroDowntimeDeployment

app = App()
chart = Chart(app, "shop", namespace="shop")

web = ZeroDowntimeDeployment(
    chart,
    "web",
    image="registry.example.com/shop/web:1.4.2",
    port=8080,
    extra_ports=[ExtraPort(name="metrics", port=9090)],
    env={"GREETING": EnvValue.from_value("hello")},
    readiness=HealthCheck.http("/ready", period=Duration.seconds(2)),
    drain=Drain.sleep(Duration.seconds(20)),
    rollout=RolloutOptions(max_surge=PercentOrAbsolute.absolute(1)),
)

web.service.metadata.add_annotation("example.com/owner", "shop")

app.synth()
