from django.urls import path

from legal.rights import views

urlpatterns = [path("", views.my_data, name="my_data")]
