"""Prints what is refused, one line for each; what is left out without a word is printed as accepted."""

from cdk8s import App, Chart
from cdk8s_zero_downtime import ExtraPort, HealthCheck, ZeroDowntimeDeployment

WEB = {"image": "web:1.4.2", "port": 8080}
CASES = {
    "a value": lambda: {"replicas": 1},
    "a prop": lambda: {"readyness": HealthCheck.http("/")},
    "an option": lambda: {"readiness": HealthCheck.http("/", interval=3)},
    "a class in a list": lambda: {"extra_ports": [ExtraPort(name="metrics", port=9090, servce_port=80)]},
    "a dict": lambda: {"rollout": {"min_redy": 3}},
    "a dict in a list without its port": lambda: {"extra_ports": [{"name": "metrics", "prot": 9090}]},
    "a dict in a list": lambda: {"extra_ports": [{"name": "metrics", "port": 9090, "servce_port": 80}]},
}

for name, props in CASES.items():
    try:
        ZeroDowntimeDeployment(Chart(App(), "shop"), "web", **WEB, **props())
        print(f"{name}: accepted")
    except (RuntimeError, TypeError) as error:
        print(f"{name}: {type(error).__name__}: {str(error).splitlines()[0]}")
