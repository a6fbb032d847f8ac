"""How much a file may hold before it is taken for an attack: the house's own limits, not the law's.

An upload of at most `settings.UPLOAD_LIMIT` bytes can still unfold to gigabytes where it is opened.
These limits lie far above what offices hand in (a yearly report of 900 pages with photographs
unfolds to about 120 MB) and far below what harms a computer. They are asked from what the file says
of itself; nothing is unfolded to measure it, and readers unfold no more than was said.
"""

# An Office file is an archive of parts.
MOST_MEMBERS = 10_000
MOST_UNPACKED = 500_000_000  # bytes, of all members together
MOST_RATIO = 150  # unpacked to packed, asked only of what is large when unpacked
RATIO_ASKED_FROM = 20_000_000  # bytes
# A workbook inside a presentation is usual, an archive inside that workbook is not.
MOST_EMBEDDED = 50_000_000  # bytes, of one embedded Office file
MOST_DEPTH = 1

# A .docx whose words are read: all of it is held in memory, so less.
MOST_WORD_UNPACKED = 200_000_000  # bytes
MOST_WORD_TEXT = 25_000_000  # bytes of XML; a plan of a thousand pages has about 10 million
MOST_WORD_MEMBERS = 5_000

# A picture of so many points takes 4 bytes for each in whatever shows it.
MOST_POINTS = 100_000_000
LONGEST_SIDE = 30_000

# A page of a PDF drawn as a picture, whatever size of paper it claims.
PICTURE_WIDTH = 1_100  # points of the screen
MOST_PICTURE_POINTS = 4_000_000
PICTURE_SECONDS = 20  # of work
PICTURE_MEMORY = 2_000_000_000  # bytes
MOST_PAGE_LETTERS = 20_000  # of the text beside the picture
