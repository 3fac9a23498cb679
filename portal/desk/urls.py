from django.urls import path

from portal.desk import views

urlpatterns = [path("", views.dashboard, name="desk")]
