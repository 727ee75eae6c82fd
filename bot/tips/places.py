"""What people call the places they live in, beside the names of the time zone data: data, no code."""

from bot.tips.listing import lists

CITIES = lists("""
America/New_York: nyc, new york city, ny, boston, washington, washington dc, dc, philadelphia, atlanta,
    miami, orlando, tampa, pittsburgh, cleveland, charlotte, baltimore, et, est, edt, eastern,
    east coast
America/Chicago: austin, dallas, houston, san antonio, minneapolis, st louis, nashville, new orleans,
    kansas city, milwaukee, ct, cdt
America/Denver: salt lake city, mt, mdt
America/Los_Angeles: la, sf, san francisco, san diego, seattle, portland, las vegas, sacramento, oakland,
    silicon valley, pt, pst, pdt, west coast
America/Toronto: montreal, ottawa, quebec
America/Edmonton: calgary
America/Sao_Paulo: rio, rio de janeiro, brasilia, belo horizonte, porto alegre, brt
America/Argentina/Buenos_Aires: argentina, art
America/Mexico_City: guadalajara, cdmx
America/Bogota: medellin, colombia
America/Lima: peru
America/Santiago: chile
America/Anchorage: akst, alaska
Pacific/Honolulu: hst, hawaii
Europe/London: uk, united kingdom, england, scotland, wales, britain, manchester, edinburgh, glasgow,
    leeds, bristol, liverpool, cardiff, sheffield, oxford
Europe/Dublin: ireland, cork, galway
Europe/Lisbon: porto, braga, coimbra, wet
Europe/Paris: france, lyon, marseille, toulouse, bordeaux, lille, nantes, strasbourg
Europe/Madrid: spain, barcelona, valencia, seville, malaga, bilbao
Europe/Berlin: germany, munich, hamburg, frankfurt, cologne, stuttgart, dusseldorf, leipzig, dresden
Europe/Rome: italy, milan, turin, naples, florence, bologna
Europe/Zurich: switzerland, geneva, basel, bern, lausanne
Europe/Amsterdam: netherlands, holland, rotterdam, the hague, utrecht, eindhoven
Europe/Brussels: belgium, antwerp, ghent
Europe/Vienna: austria, graz, salzburg
Europe/Stockholm: sweden, gothenburg, malmo
Europe/Copenhagen: denmark, aarhus
Europe/Oslo: norway, bergen
Europe/Helsinki: finland, tampere, espoo
Europe/Warsaw: krakow, wroclaw, gdansk, poznan, lodz
Europe/Prague: czech republic, czechia, brno
Europe/Budapest: hungary
Europe/Bucharest: romania, cluj
Europe/Athens: greece, eet, eest
Europe/Kyiv: ukraine, lviv
Europe/Moscow: msk, st petersburg, saint petersburg
Europe/Istanbul: ankara
CET: cest, central european, middle european
Asia/Jerusalem: tel aviv, haifa
Asia/Dubai: abu dhabi, uae, gst
Asia/Qatar: doha
Asia/Riyadh: jeddah, saudi arabia
Asia/Karachi: pakistan, lahore, islamabad, pkt
Asia/Kolkata: utc+5:30, gmt+5:30, india, mumbai, bombay, delhi, new delhi, bangalore, bengaluru,
    hyderabad, chennai, pune, ahmedabad
Asia/Dhaka: bangladesh
Asia/Bangkok: thailand, ict
Asia/Ho_Chi_Minh: vietnam, hanoi
Asia/Jakarta: wib, bandung
Asia/Kuala_Lumpur: malaysia
Asia/Manila: philippines, cebu, pht
Asia/Singapore: sgt
Asia/Hong_Kong: hkt
Asia/Shanghai: china, beijing, shenzhen, guangzhou, hangzhou, chengdu
Asia/Taipei: taiwan
Asia/Seoul: korea, south korea, kst, busan
Asia/Tokyo: jst, osaka, kyoto, yokohama, nagoya
Australia/Perth: awst
Pacific/Auckland: new zealand, wellington, christchurch, nzst, nzdt
Africa/Cairo: alexandria
Africa/Johannesburg: south africa, cape town, durban, pretoria, sast
Africa/Lagos: nigeria, abuja, wat
Africa/Nairobi: kenya, eat, mombasa
Africa/Maputo: cat
Africa/Accra: ghana
Africa/Casablanca: morocco, rabat
Asia/Kathmandu: nepal, utc+5:45, gmt+5:45
Asia/Tehran: utc+3:30, gmt+3:30
Asia/Kabul: utc+4:30, gmt+4:30
Asia/Yangon: utc+6:30, gmt+6:30
UTC: z, coordinated universal
""")
"""Zones, and what else they are called; every city of the time zone data goes by its own name besides."""

NOT_ALONE = frozenset(
    {"art", "cat", "eat", "wat", "et", "ct", "mt", "pt", "la", "dc", "z", "us", "wake", "center"}
)
"""Zones by names that are words too: they count only after "in" or before "time"."""

UNCLEAR = lists("""
Asia/Kolkata, Europe/Dublin, Asia/Jerusalem: ist
America/Chicago, Asia/Shanghai, America/Havana: cst
Europe/London, Asia/Dhaka, Pacific/Bougainville: bst, british summer
America/Halifax, Asia/Riyadh, America/Puerto_Rico: ast
America/Denver, America/Phoenix, Asia/Kuala_Lumpur: mst
Australia/Sydney, Australia/Brisbane, Australia/Melbourne: aest, aedt
Australia/Adelaide, Australia/Darwin, Australia/Broken_Hill: acst, acdt
Europe/London, America/Chicago: birmingham
America/Los_Angeles, America/Costa_Rica: san jose
Europe/London, America/New_York: cambridge
America/New_York, America/Chicago, America/Los_Angeles: us, usa, america, united states, the us, the
    states
America/Toronto, America/Vancouver, America/Halifax: canada
America/Mexico_City, America/Tijuana, America/Cancun: mexico
America/Sao_Paulo, America/Manaus, America/Fortaleza: brazil
Australia/Sydney, Australia/Brisbane, Australia/Perth: australia
Asia/Jakarta, Asia/Makassar, Asia/Jayapura: indonesia
Europe/Moscow, Asia/Yekaterinburg, Asia/Vladivostok: russia
Europe/London, Europe/Paris, Europe/Athens: europe, european
""")
"""Names that stand for more than one zone: the likeliest two or three."""
