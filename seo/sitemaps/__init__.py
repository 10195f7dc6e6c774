"""The sitemap: parts by page type, written without holding one in memory."""
