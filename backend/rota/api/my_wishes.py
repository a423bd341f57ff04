"""A carer's own wishes of four weeks."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.core.api.weeks import WEEK_IN_PATH, week_named
from backend.rota.api.my_wishes_shapes import MyWishesIn, MyWishesOut
from backend.rota.selectors.my_wishes import get_my_wishes
from backend.rota.services.place_wishes import Wished, place_wishes


class MyWishes(OperationView):
    """The own wishes in the four weeks to which a week belongs.

    Placing: 409 with `rota.wishes_over_points` (`points`), `rota.wish_spent` (`wish_id`),
    `rota.wish_too_late` or `rota.wish_not_possible` (`kind`).
    """

    operations = {"get": "get_my_wishes", "put": "place_my_wishes"}

    @extend_schema(parameters=[WEEK_IN_PATH], responses=MyWishesOut)
    def get(self, request: Request, week: str) -> Response:
        monday = week_named(week).starts_on
        found = get_my_wishes(actor_of(request), monday, now=timezone.now())
        return Response(MyWishesOut(found).data)

    @extend_schema(parameters=[WEEK_IN_PATH], request=MyWishesIn, responses=MyWishesOut)
    def put(self, request: Request, week: str) -> Response:
        monday = week_named(week).starts_on
        given = MyWishesIn(data=request.data)
        given.is_valid(raise_exception=True)
        actor, now = actor_of(request), timezone.now()
        place_wishes(
            period_starts_on=monday,
            wishes=[Wished(**row) for row in given.validated_data["wishes"]],
            actor=actor,
            now=now,
        )
        return Response(MyWishesOut(get_my_wishes(actor, monday, now=now)).data)
