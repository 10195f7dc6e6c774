"""The picture on a page's card on social media, where nobody chose one."""
