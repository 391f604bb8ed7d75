"""What pages say to programs."""

from django import template

from reader.exchange.reviews import review_block

register = template.Library()
register.simple_tag(review_block, name="claim_review")
