from cdk8s import App, Chart
from cdk8s_zero_downtime import ZeroDowntimeDeployment

try:
    ZeroDowntimeDeployment(Chart(App(), "shop"), "web", image="web:1.4.2", port=8080, replicas=1)
except RuntimeError as error:
    print(error)
