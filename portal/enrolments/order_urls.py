"""What the link in a payer's mail opens."""

from django.urls import path

from portal.enrolments.views import order

urlpatterns = [path("<str:token>/", order.order, name="order")]
