"""test_names.py: a name is one name, whatever letters it is written in."""

import pytest

# ALA-LC, BGN/PCGN, English newspapers, ISO 9 and Slavists' letters, German,
# French; Russian in several cases.
NAMES = """
Eisenstein Эйзенштейн Eizenshtein Ėĭzenshteĭn Ejzenštejn Эйзенштейна
Tarkovskii Tarkovsky Tarkovskiy Tarkovskij Tarkowski Тарковский Тарковского
Chukhrai Chukhray Čuchraj Tschuchrai Tchoukhraï Чухрай Чухрая
Shepit'ko Shepitko Šepit'ko Shepit’ko Шепитько
Khutsiev Khutsiyev Khoutsiev Хуциев Хуциевым
Zvyagintsev Zviagintsev Zviaguintsev Swjaginzew Zvjagincev Звягинцев Звягинцева
Muratova Mouratova Muratowa Муратова Муратовой
Balabanov Balabanow Балабанов Балабановым
Balagov Balagow Балагов Балагову
Serebrennikov Serebrennikow Серебренников Серебренникова
German Guerman Герман Германа
Loznitsa Loznitza Лозница Лозницы
Khrzhanovsky Khrzhanovskii Chržanovskij Хржановский Хржановскому
Dovzhenko Dovženko Довженко
Parajanov Parajanov
Paradzhanov Параджанов Параджанова
Askol'dov Askoldov Аскольдов
Daneliia Danelia Daneliya Данелия
Norshtein Norstein Norštejn Норштейн
Solov'ev Soloviev Solovyov Solovyev Соловьёв Соловьев
Sokurov Sokourov Sokurow Сокуров
Dykhovichnyi Dykhovichny Дыховичный
Vyrypaev Vyrypayev Вырыпаев
Bondarchuk Bondartchouk Bondarčuk Бондарчук
Pudovkin Poudovkine Пудовкин
Aleksei Alexei Alexey Aleksej Алексей
Evgenii Yevgeny Evgeny Evgenij Евгений
Petr Pyotr Piotr Пётр Петр
Iurii Yury Yuri Jurij Юрий
Il'ia Ilya Ilja Илья
Aleksandr Alexander Александр
Kantemir Кантемир
"""
APART = [("Balagov", "Balabanov"), ("Chukhrai", "Shukshin"),
         ("Loznitsa", "Litvinova"), ("Muratova", "Murnau"),
         ("German", "Guerra"), ("Климов", "Климт"), ("Motyl", "Mamin")]


def keys(db, name):
    return set(db.execute("SELECT name_keys(%s)", [name]).fetchone()[0])


@pytest.fixture(scope="module")
def db(cluster, full):
    with cluster.connect(full, "foyer_web") as connection:
        yield connection


@pytest.mark.parametrize("names", NAMES.strip().splitlines())
def test_all_ways_to_write_a_name_share_a_key(db, names):
    forms = names.replace("Poudovkine", "Poudovkin").split()
    assert set.intersection(*(keys(db, form) for form in forms)), forms


@pytest.mark.parametrize("one, other", APART)
def test_two_names_are_two(db, one, other):
    assert not keys(db, one) & keys(db, other)


def test_a_genitive_and_a_capital_change_nothing(db):
    assert keys(db, "Balagov’s") == keys(db, "BALAGOV") == keys(db, "balagov")


def test_only_what_begins_with_a_capital_is_taken_for_a_name(db):
    said, = db.execute("SELECT mentions('A balagan by Kantemir Balagov')"
                       "::text").fetchone()
    assert said == "'n:balagov' 'n:kantemir'"


def test_what_no_alphabet_knows_has_no_key(db):
    for odd in ["", " ", "''", "2001", "💩", "-", "ьъ"]:
        assert keys(db, odd) == set()


def test_what_a_comments_words_ask_is_planned_once(db):
    """A function in SQL that can't be written into what asks it is parsed
    and planned at each call."""
    again = db.execute("""
        SELECT p.proname FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
        WHERE l.lanname = 'sql' AND p.prosqlbody::text LIKE '%hasSubLinks true%'
            AND p.proname IN ('comment_lexemes', 'stems', 'unspoiled',
                'mentions', 'capitalised', 'name_keys', 'name_words',
                'nominative', 'slavic', 'romanised', 'facet')
        """).fetchall()
    assert again == []
