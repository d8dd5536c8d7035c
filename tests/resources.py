"""The resource with which tests call sensors and schedules: it reads the environment."""

from maint_pipeline.resources import Maintenance

RESOURCES = {"maintenance": Maintenance(from_environment=True)}
