"""Fixtures of the tests of publishing."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import (
    GroupApprovalTask,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)


@pytest.fixture
def workflow(index, roles):
    """Approval by moderators of what lies beneath the fixture ``index``."""
    Task.objects.all().delete()
    workflow = Workflow.objects.create(name="Approval")
    task = GroupApprovalTask.objects.create(name="Moderators approve")
    task.groups.add(Group.objects.get(name="Moderators"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=index)
    return workflow
