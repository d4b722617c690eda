-- Fills a fresh database with what a small publisher with a shop has after two years, so that every screen has
-- something to show. Expects all reference migrations but the pending last one; run it once:
--   psql -X -d DATABASE -f demo_seed.sql
-- The same seed gives the same data, moved along with now(). Audit entries are left to the program: their
-- hash chain is its own.

\set ON_ERROR_STOP on
\set QUIET on
\encoding UTF8

BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL TIME ZONE 'UTC';
SET LOCAL synchronous_commit = off;
SET LOCAL jit = off;
SET LOCAL work_mem = '128MB';
SET LOCAL maintenance_work_mem = '256MB';
SET LOCAL max_parallel_workers_per_gather = 0;
DO $$ BEGIN PERFORM setseed(0.42); END; $$;

-- Tools ----------------------------------------------------------------------------------------------------------

CREATE FUNCTION pg_temp.uuid_v7(at timestamptz) RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    noise text := md5(random()::text);
BEGIN
    RETURN (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || left(noise, 3)
        || substr('89ab', 1 + floor(random() * 4)::int, 1) || substr(noise, 4, 15))::uuid;
END; $$;

-- A moment of the last span_days: denser towards today as skew grows, few at night.
CREATE FUNCTION pg_temp.moment(span_days float8, skew float8) RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    hours constant int[] := ARRAY[0,0,1,2,3,4,5,5,6,6,6,7,7,7,7,7,8,8,8,8,8,8,8,9,9,9,9,9,9,9,9,10,10,10,10,10,10,10,10,
        11,11,11,11,11,11,11,12,12,12,12,12,12,13,13,13,13,13,13,13,14,14,14,14,14,14,14,14,15,15,15,15,15,15,15,16,16,
        16,16,16,16,17,17,17,17,17,18,18,18,18,18,19,19,19,19,19,19,20,20,20,20,20,20,21,21,21,21,22,22,22,23,23];
    at timestamptz;
BEGIN
    at := date_trunc('day', now()) - make_interval(days => floor(span_days * power(random(), skew))::int)
        + make_interval(hours => hours[1 + floor(random() * cardinality(hours))::int])
        + random() * interval '1 hour';
    RETURN CASE WHEN at > now() - interval '20 minutes' THEN at - interval '1 day' ELSE at END;
END; $$;

CREATE FUNCTION pg_temp.pick(words text[]) RETURNS text LANGUAGE sql VOLATILE
    AS 'SELECT words[1 + floor(random() * cardinality(words))::int]';

CREATE FUNCTION pg_temp.plain(word text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN octet_length(word) = char_length(word) THEN lower(word)
        ELSE lower(translate(replace(replace(word, 'ß', 'ss'), 'æ', 'ae'),
        'áàâäãåÁÀÂÄÅāçčćÇČĆđĐéèêëėęěÉÈğĞíìîïıİłŁñńňóòôöõøőÓÖØőřŘšśşŠŚŞťúùûüűůÚÜýžźżŽŻ',
        'aaaaaaAAAAAacccCCCdDeeeeeeeEEgGiiiiiIlLnnnoooooooOOOorRsssSSStuuuuuuUUyzzzZZ')) END
$$;

CREATE FUNCTION pg_temp.iso(at timestamptz) RETURNS text LANGUAGE sql STABLE
    AS $$ SELECT to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

-- People ---------------------------------------------------------------------------------------------------------

CREATE TEMP TABLE name_set (
    culture text, share int, gap text, family_first boolean,
    first text[], last text[], first_plain text[], last_plain text[]
) ON COMMIT DROP;

INSERT INTO name_set VALUES
('english', 20, ' ', false,
 '{Olivia,Jack,Amelia,Harry,Grace,Daniel,Hannah,Samuel,Ruth,Thomas,Megan,Callum,Imogen,Rory,Beth,Marcus,Nadia,Owen,Priya,Theo,Zoë,Leah,Aaron,Fiona}',
 '{Whitfield,Okafor,Barnes,Hughes,Marsh,Kowalski-Reid,Patel,Byrne,O''Connor,Fletcher,Sinclair,Adeyemi,Rowe,Thornton,Bell,Mbeki,Holloway,Pritchard,Ashworth,Quinn,Nash,Lowe,Hartley,Beaumont}', NULL, NULL),
('german', 16, ' ', false,
 '{Lena,Jonas,Katharina,Felix,Jürgen,Annika,Moritz,Greta,Sören,Birgit,Matthias,Hannelore,Björn,Ulrike,Tobias,Käthe,Emre,Svenja,Lukas,Friederike}',
 '{Hoffmann,Schäfer,Krüger,Weiß,Brandt,Möller,Vogel,Günther,Lindner,Seidel,Großmann,Bachmeier,Yıldız,Petersen,Engelhardt,Kühn,Reuter,Zimmermann,von der Heide,Sauer}', NULL, NULL),
('french', 9, ' ', false,
 '{Chloé,Mathieu,Élodie,Julien,Inès,Benoît,Margaux,Théo,Aïcha,Lucie,François,Noémie,Étienne,Clémence}',
 '{Lefèvre,Dubois,Garnier,Moreau,Benali,Rousseau,Fontaine,Chevalier,Perrin,d''Aubigné,Marchand,Lacroix,Gauthier,Barbier}', NULL, NULL),
('spanish', 9, ' ', false,
 '{Lucía,Mateo,Martina,Álvaro,Begoña,Joaquín,Ximena,Íñigo,Rocío,Andrés,Pilar,Nicolás,Itziar,Emilio}',
 '{García Núñez,Fernández,Ibáñez,Rodríguez,Peña,Muñoz,Castro,Echeverría,Vázquez,Quiñones,Domínguez,Salazar,Ortega Ruiz,Gil}', NULL, NULL),
('polish', 7, ' ', false,
 '{Zofia,Tomasz,Małgorzata,Łukasz,Agnieszka,Paweł,Grażyna,Stanisław,Wojciech,Bożena,Michał,Danuta}',
 '{Wójcik,Kamińska,Zieliński,Szymańska,Dąbrowski,Woźniak,Łuczak,Krawczyk,Górska,Pietrzak,Jabłoński,Żuraw}', NULL, NULL),
('nordic', 6, ' ', false,
 '{Astrid,Bjørn,Åsa,Søren,Linnéa,Eero,Aino,Gunnar,Sigrún,Håkon,Freja,Väinö}',
 '{Lindqvist,Nygård,Sørensen,Åkesson,Virtanen,Mäkelä,Jónsdóttir,Dahl,Bergström,Østergaard,Haugen,Koskinen}', NULL, NULL),
('turkish', 4, ' ', false,
 '{Ayşe,Mehmet,Zeynep,Çağlar,Gülşen,İbrahim,Şule,Ömer,Defne,Kerem}',
 '{Yılmaz,Öztürk,Şahin,Çelik,Koç,Aydın,Erdoğmuş,Kılıç,Doğan,Arslan}', NULL, NULL),
('indian', 6, ' ', false,
 '{Ananya,Rohan,Kavya,Arjun,Meera,Vikram,Lakshmi,Imran,Sunita,Farah,Dev,Ishaan}',
 '{Sharma,Iyer,Banerjee,Khan,Reddy,Chatterjee,Nair,Kulkarni,Singh,Deshpande,Mukherjee,Rao}', NULL, NULL),
('vietnamese', 3, ' ', true, '{Thị Hương,Minh Đức,Quỳnh Anh,Văn Hải,Bảo Châu,Ngọc Lan}',
 '{Nguyễn,Trần,Phạm,Đặng,Vũ,Lê}', '{thihuong,minhduc,quynhanh,vanhai,baochau,ngoclan}', '{nguyen,tran,pham,dang,vu,le}'),
('greek', 4, ' ', false, '{Ελένη,Γιώργος,Μαρία,Νίκος,Αικατερίνη,Δημήτρης,Σοφία,Θανάσης}',
 '{Παπαδόπουλος,Οικονόμου,Βλάχου,Καραγιάννης,Νικολαΐδης,Αθανασίου,Μακρή,Γεωργίου}',
 '{eleni,giorgos,maria,nikos,aikaterini,dimitris,sofia,thanasis}',
 '{papadopoulos,oikonomou,vlachou,karagiannis,nikolaidis,athanasiou,makri,georgiou}'),
('cyrillic', 6, ' ', false, '{Ольга,Дмитро,Світлана,Андрей,Мария,Сергей,Олександр,Ирина,Богдан,Неда}',
 '{Коваленко,Шевчук,Иванова,Петрова,Бондаренко,Соколов,Димитрова,Мельник,Ткачук,Јовановић}',
 '{olga,dmytro,svitlana,andrei,maria,sergei,oleksandr,irina,bohdan,neda}',
 '{kovalenko,shevchuk,ivanova,petrova,bondarenko,sokolov,dimitrova,melnyk,tkachuk,jovanovic}'),
('japanese', 4, ' ', true, '{美咲,健太,陽菜,翔,由美子,拓也,さくら,蓮}', '{佐藤,鈴木,高橋,渡辺,小林,中村,山本,斎藤}',
 '{misaki,kenta,hina,sho,yumiko,takuya,sakura,ren}', '{sato,suzuki,takahashi,watanabe,kobayashi,nakamura,yamamoto,saito}'),
('chinese', 3, '', true, '{伟,芳,娜,静怡,子轩,雨桐,志强}', '{王,李,张,刘,陈,欧阳,林}',
 '{wei,fang,na,jingyi,zixuan,yutong,zhiqiang}', '{wang,li,zhang,liu,chen,ouyang,lin}'),
('korean', 2, '', true, '{민준,서연,지우,하은,도윤,수빈}', '{김,이,박,최,정,강}',
 '{minjun,seoyeon,jiwoo,haeun,doyun,subin}', '{kim,lee,park,choi,jung,kang}'),
('arabic', 4, ' ', false, '{محمد,فاطمة,أحمد,ليلى,يوسف,مريم,خالد,نور}', '{الحسن,المصري,حداد,العلي,منصور,الخطيب,سعيد,زيدان}',
 '{mohamed,fatima,ahmed,layla,youssef,maryam,khaled,nour}', '{alhassan,almasri,haddad,alali,mansour,alkhatib,said,zidan}'),
('hebrew', 1, ' ', false, '{נועה,איתן,תמר,יונתן}', '{כהן,לוי,פרידמן,אברהם}', '{noa,eitan,tamar,yonatan}', '{cohen,levi,friedman,avraham}');

CREATE TEMP TABLE person ON COMMIT DROP AS
WITH numbered AS MATERIALIZED (
    SELECT n, floor(random() * 104)::int AS culture_at, random() AS first_at, random() AS last_at, random() AS kind,
           random() AS fate, random() AS style, random() AS role_at,
           -- The first thirty are the founders; the next six came today.
           CASE WHEN n <= 30 THEN now() - interval '735 days' - random() * interval '60 days'
                WHEN n <= 36 THEN now() - interval '4 minutes' - power(random(), 2) * interval '7 hours'
                ELSE pg_temp.moment(725, 1.3) END AS created_at
      FROM generate_series(1, 5000) AS n
), shares AS (
    SELECT *, sum(share) OVER w - share AS from_share, sum(share) OVER w AS to_share
      FROM name_set WINDOW w AS (ORDER BY culture)
), named AS (
    SELECT n.*, s.gap, s.family_first,
           s.first[1 + floor(first_at * cardinality(s.first))::int] AS first,
           s.last[1 + floor(last_at * cardinality(s.last))::int] AS last,
           coalesce(s.first_plain[1 + floor(first_at * cardinality(s.first))::int],
                pg_temp.plain(s.first[1 + floor(first_at * cardinality(s.first))::int])) AS first_plain,
           coalesce(s.last_plain[1 + floor(last_at * cardinality(s.last))::int],
                pg_temp.plain(s.last[1 + floor(last_at * cardinality(s.last))::int])) AS last_plain
      FROM numbered AS n
      JOIN shares AS s ON n.culture_at >= s.from_share AND n.culture_at < s.to_share
), addressed AS (
    SELECT *, regexp_replace(CASE WHEN style < 0.45 THEN first_plain || '.' || last_plain
                WHEN style < 0.65 THEN left(first_plain, 1) || last_plain
                WHEN style < 0.80 THEN first_plain || '_' || left(last_plain, 1)
                WHEN style < 0.92 THEN last_plain || '.' || first_plain
                ELSE first_plain END, '[^a-z0-9._-]', '', 'g') AS mailbox,
           (ARRAY['example.com','example.org','example.net','mail.example.com','post.example.net','student.uni.example',
                  'fastmail.example','firma.example','posteo.example','verlag.example.org'])
               [1 + floor(power(random(), 1.6) * 10)::int] AS domain
      FROM named
)
SELECT n, pg_temp.uuid_v7(created_at) AS id, created_at, fate, kind,
       mailbox || CASE row_number() OVER same WHEN 1 THEN ''
            ELSE (41 + row_number() OVER same * 3)::text END || '@' || domain AS email,
       CASE WHEN kind < 0.006 THEN first || ' 🌻 ' || last
            WHEN kind < 0.010 THEN first || ' 👩🏽‍💻'
            WHEN kind < 0.013 THEN '🚴 ' || first || ' ' || last
            WHEN kind < 0.030 AND NOT family_first THEN 'Dr. ' || first || ' ' || last
            WHEN family_first THEN last || gap || first
            ELSE first || gap || last END AS display_name,
       CASE WHEN n <= 4 THEN 'Admin' WHEN n <= 16 THEN 'Editor' WHEN n <= 30 THEN 'Author'
            WHEN role_at < 0.001 THEN 'Admin' WHEN role_at < 0.02 THEN 'Editor'
            WHEN role_at < 0.16 THEN 'Author' ELSE 'Member' END AS role
  FROM addressed
WINDOW same AS (PARTITION BY mailbox, domain ORDER BY created_at, n);

INSERT INTO users (id, email, display_name, password_hash, role, state_type, created_at, updated_at,
                   deactivated_at, erased_at, last_login_at)
SELECT id,
       CASE WHEN state_type = 'Erased' THEN 'erased-' || right(id::text, 12) || '@erased.invalid' ELSE email END,
       CASE WHEN state_type = 'Erased' THEN 'Erased user' ELSE display_name END,
       -- Random bytes in the right form: no password fits.
       CASE WHEN state_type = 'Erased' OR kind > 0.9 THEN NULL
            ELSE '$argon2id$v=19$m=19456,t=2,p=1$' || left(translate(encode(sha256(id::text::bytea), 'base64'), '=', ''), 22)
                 || '$' || translate(encode(sha256(email::bytea), 'base64'), '=', '') END,
       role, state_type, created_at, greatest(created_at, ended_at, last_login_at - interval '30 days'),
       CASE WHEN state_type = 'Deactivated' THEN ended_at END,
       CASE WHEN state_type = 'Erased' THEN ended_at END,
       CASE WHEN state_type = 'Active' THEN last_login_at END
  FROM (SELECT *, created_at + (now() - created_at) * (0.1 + 0.85 * random()) AS ended_at,
               CASE WHEN n BETWEEN 101 AND 175 THEN now() - interval '12 minutes' - random() * interval '55 seconds'
                    WHEN n BETWEEN 176 AND 290 THEN now() - interval '20 seconds' - random() * interval '11 minutes'
                    WHEN kind < 0.14 THEN NULL
                    ELSE greatest(created_at + interval '1 minute', now() - interval '15 minutes'
                        - power(random(), 2.2) * interval '120 days') END AS last_login_at,
               CASE WHEN n <= 290 OR now() - created_at < interval '10 days' THEN 'Active'
                    WHEN fate < 0.012 AND role = 'Member' THEN 'Erased'
                    WHEN fate < 0.055 THEN 'Deactivated' ELSE 'Active' END AS state_type
          FROM person) AS p
 ORDER BY created_at;

INSERT INTO subscriptions (user_id, created_at)
SELECT id, created_at + random() * (now() - created_at)
  FROM users WHERE state_type = 'Active' AND random() < 0.38;

-- Posts ----------------------------------------------------------------------------------------------------------
-- <s> subject, <S> the same with a capital, <c> circumstance, <p> place, <n> small number, <y> year, <w> week.

CREATE TEMP TABLE theme (n serial, tags text[], subjects text[], circumstances text[], patterns text[]) ON COMMIT DROP;

INSERT INTO theme (tags, subjects, circumstances, patterns) VALUES
('{engineering,postgres,operations,testing,security,incident}',
 '{connection pools,feature flags,database migrations,flaky tests,nightly backups,on-call rotations,log retention,queue workers,cache invalidation,API versioning,TLS certificates,incident reviews,search relevance,rate limits,dark mode,release trains,dependency updates,time zones,CSV exports,password resets,slow queries,staging data}',
 '{in a team of five,after the third outage,without downtime,with forty services,on two small servers,before the holiday season,when nobody is watching,for people who inherit old code,at the end of a long quarter,with plain SQL,one year later,during the merger,on a Friday afternoon,with a read replica}',
 '{<S> <c>,What <s> taught us <c>,Rethinking <s> <c>,How we stopped worrying about <s>,A field guide to <s> <c>,Notes from the <p> meetup: <s>,We were wrong about <s>,<n> small rules for <s> <c>,Postmortem: <s> <c>,The hidden cost of <s> <c>,<S> in <y>: what changed,Ask the team: <s> <c>,"Talk in <p>: <s>, slides and recording",Week <w>: <s> again}'),
('{gardening,seasonal,beginners,soil}',
 '{tomatoes,raised beds,compost,winter salads,dahlias,slugs,seed saving,balcony herbs,old apple trees,rain barrels,garlic,hedgehogs,wild corners,roses,runner beans,cold frames,mulch,green manure}',
 '{after a wet summer,on a north-facing balcony,in heavy clay,without peat,with children around,in a late spring,on ten square metres,before the first frost,in the third dry year,for the impatient,in a rented garden,on a slope}',
 '{<S> <c>,<S> <c>: what worked,Growing <s> <c>,<n> mistakes with <s>,"<S>, week <w>",A visit to a garden in <p>: <s>,When to start with <s> <c>,My neighbour''s <s>,<S> in <p> <c>,The truth about <s>,Reader question: <s> <c>,"Less work, more <s> <c>"}'),
('{cooking,recipes,baking,vegetarian,seasonal}',
 '{sourdough,lentil soup,pickled beetroot,flatbreads,plum cake,miso aubergines,potato salad,quince jelly,chickpea stew,dumplings,rye crackers,braised fennel,shakshuka,apple strudel,fermented carrots,barley risotto,walnut pesto,rhubarb crumble}',
 '{for a cold evening,with what is in the cupboard,for twelve guests,without an oven,on a camping stove,the way my grandmother made it,in forty minutes,with half the sugar,for beginners,from the market in <p>,from last night''s leftovers,"for people who say they cannot cook"}',
 '{<S> <c>,Recipe: <s> <c>,<S> as they make it in <p>,In search of the best <s> in <p>,<n> ways to make <s>,Why my <s> failed <n> times,<S> <c> (and what to drink with it),Sunday <s>,Three days in <p> for <s>,The case for <s> <c>}'),
('{cycling,travel,gear,trains}',
 '{gravel routes,night trains,bikepacking,cargo bikes,river paths,mountain passes,tubeless tyres,touring with a tent,folding bikes,winter commuting,ferry crossings,borrowed panniers,dynamo lights,slow travel,long climbs,headwinds}',
 '{with a six-year-old,on a steel frame,in the rain,for under forty euros a day,without a plan,in the off-season,after a knee operation,along the old railway,from <p> to the sea,at fifty-five,over a long weekend,with too much luggage}',
 '{<S> <c>,"<p> by bike: <s> <c>",From <p> home: <s> <c>,What I packed for <s> <c>,<S> around <p>,"<n> days, <n> punctures: <s> <c>",A map of <s> near <p>,<S> <c> – a diary,Leaving <p> early: <s>,Is <p> ready for <s>?}'),
('{music,culture,reviews,interview}',
 '{brass bands,home recording,choir rehearsals,vinyl fairs,jazz in small rooms,church organs,street pianos,tape loops,folk sessions,school orchestras,film scores,late quartets,modular synths,wedding playlists,forgotten B-sides,radio plays}',
 '{in an empty swimming pool,with forty amateurs,on borrowed instruments,after midnight,in a village of three hundred,live from <p>,without a conductor,through cheap headphones,for people who cannot read music,two years on,on a rainy Tuesday}',
 '{<S> <c>,An evening of <s> in <p>,In praise of <s> <c>,Listening to <s> <c>,"<S>, heard <c>",Interview: <s> <c>,<n> records for people who like <s>,The quiet return of <s>,Who still needs <s>?,Programme notes: <s> in <p>}'),
('{photography,gear,beginners,travel}',
 '{night portraits,expired film,pinhole cameras,street scenes,the blue hour,contact sheets,long exposures,darkroom chemistry,wide lenses,family albums,fog,market halls,harbour cranes,old slides}',
 '{with one lens,in <p> before sunrise,on a phone,without a tripod,in harsh light,after ten years of digital,in black and white,with a camera from 1963,from a moving train,for a local paper,at minus twelve degrees}',
 '{<S> <c>,<S>: a walk through <p>,How I photograph <s> <c>,One roll of film: <s> <c>,<n> exercises with <s>,"<p>, <y>: <s>",Scanning <s> <c>,Failing at <s> <c>,A year of <s>,The patience of <s>}'),
('{books,reviews,reading,culture}',
 '{slow novels,library cards,letters from exile,reading aloud,bad translations,detective stories,second-hand bookshops,short stories,diaries,poetry in translation,footnotes,travel writing,unfinished books,maps in novels,marginalia}',
 '{for a long train ride,with a book club in <p>,at the kitchen table,in the year of the move,before sleep,against the bestseller list,for winter,with a pencil,after the exam,in a borrowed house}',
 '{<S> <c>,On <s> <c>,Why we return to <s>,Our book club on <s> <c>,The <p> shelf: <s>,"<S>, and <n> books to begin with",Against <s>,In defence of <s> <c>,What <y> did to <s>,A conversation about <s> <c>}'),
('{city,housing,transport,politics,neighbourhood}',
 '{school streets,tram lines,empty offices,night buses,public toilets,playgrounds,corner shops,rents,swimming pools,park benches,bike lanes,libraries on Sundays,noise at night,flood walls,street trees,allotments,market squares}',
 '{after the vote,two years after the promise,in the east of <p>,without a budget,as seen by the caretaker,on a summer night,for people who cannot drive,in numbers,before the election,with the neighbours,behind the station}',
 '{<S> <c>,What <p> learned about <s>,Council meeting: <s> <c>,<S> in <p>: who pays?,The fight over <s> <c>,A morning with <s> in <p>,"<S>: <n> questions, <n> answers",Letter to the editor: <s> <c>,<p> rebuilds: <s>,Counting <s> <c>}'),
('{shop,craft,behind-the-scenes,product}',
 '{notebook paper,delivery times,gift wrapping,returned parcels,recycled boxes,linen bindings,price labels,the spring catalogue,wholesale orders,packing tables,enamel mugs,customer letters,stocktaking,misprints,our oldest product}',
 '{this autumn,behind the counter,after the flood,in the busiest week,with a new printer in <p>,explained by Katharina,"without plastic",in <y>,from draft to shelf,and what they cost}',
 '{<S> <c>,Behind the scenes: <s> <c>,Why we changed <s>,News from the workshop: <s> <c>,<S>: your <n> most frequent questions,A parcel to <p>: <s> <c>,How <s> came to be,An apology about <s>,"<S>, week <w>",Small batch no. <n><n>: <s>}'),
('{nature,science,birds,weather,research}',
 '{swifts,peat bogs,hailstorms,mosses,fireflies,tidal flats,beavers,starling flocks,glacier rivers,soil fungi,night skies,bats,old-growth forests,jellyfish,storks,wild bees,earthquake swarms}',
 '{over <p>,in a warming winter,counted by volunteers,at the edge of the motorway,after the fire,seen from a kitchen window,before dawn,with a borrowed microscope,according to a new study,in the last wet meadow,off the coast}',
 '{<S> <c>,The return of <s> <c>,What we know about <s> <c>,Field notes: <s> <c>,Counting <s> in <p>,<S> <c> and why it matters,<n> things to know about <s>,"<S>, <y>: a good year?",Who saved <s>?,Listening for <s> <c>}'),
('{woodworking,craft,beginners,repair}',
 '{dovetails,hand planes,a stool from ash,linseed oil,wobbly chairs,bookshelves,sharpening,reclaimed floorboards,wooden spoons,window frames,a workbench,hinges,bent wood,kitchen drawers,toy boats}',
 '{without power tools,in a cellar of eight square metres,for the price of a pizza,with a Japanese saw,in a weekend,on the third attempt,from one plank,with a neighbour''s lathe,for a left-hander,in <p>}',
 '{<S> <c>,Making <s> <c>,Repair café <p>: <s>,<S>: a guide <c>,What <s> can teach you,<n> evenings with <s>,Before you buy anything: <s> <c>,My father''s <s>,The right wood for <s> <c>,<S> that last}'),
('{company,announcement,hiring,community}',
 '{our summer party,the new office,the yearly survey,open positions,the volunteer day,opening hours,parental leave,the reading room,our first apprentice,the newsletter,accessibility,the members'' meeting,our energy bill,the code of conduct}',
 '{in <p>,in <y>,with your help,at last,in plain language,from January on,after <n> years,and what comes next,in numbers,for new members}',
 '{About <s> <c>,News: <s> <c>,<S> <c>,"Minutes, week <w>: <s>",Looking back at <s> <c>,<S>: what you told us,Invitation: <s> <c>,Thank you for <s>,<n> changes to <s> <c>,A word about <s> <c>}');

CREATE TEMP TABLE foreign_theme (
    n serial, tags text[], subjects text[], subject_slugs text[], patterns text[], pattern_slugs text[]
) ON COMMIT DROP;

INSERT INTO foreign_theme (tags, subjects, subject_slugs, patterns, pattern_slugs) VALUES
('{日本語,culture}', '{春の庭,喫茶店の午後,自転車の旅,古い本,夜の写真,味噌汁,木工の基本,猫との暮らし,小さな台所,雨の京都}',
 '{haru-no-niwa,kissaten-no-gogo,jitensha-no-tabi,furui-hon,yoru-no-shashin,misoshiru,mokko-no-kihon,neko-to-no-kurashi,chiisana-daidokoro,ame-no-kyoto}',
 '{<s>について（<w>）,"<s>、<y>年のまとめ",はじめての<s>,<s>から学んだこと,週末と<s>,<s>：第<w>回}',
 '{<s>-ni-tsuite-<w>,<s>-<y>-matome,hajimete-no-<s>,<s>-kara-mananda-koto,shumatsu-to-<s>,<s>-dai-<w>-kai}'),
('{ελληνικά,travel}', '{το παλιό λιμάνι,οι κήποι της πόλης,το ψωμί της γιαγιάς,τα νυχτερινά τρένα,τα μικρά βιβλιοπωλεία,η θάλασσα τον χειμώνα}',
 '{to-palio-limani,oi-kipoi-tis-polis,to-psomi-tis-giagias,ta-nychterina-trena,ta-mikra-vivliopoleia,i-thalassa-ton-cheimona}',
 '{Σκέψεις για <s> (<w>),"<s>, <y>","Γράμμα από την Πάτρα, <w>η εβδομάδα: <s>","<s>, μέρος <w>"}',
 '{skepseis-gia-<s>-<w>,<s>-<y>,gramma-apo-tin-patra-<w>-<s>,<s>-meros-<w>}'),
('{українською,books}', '{тихі вулиці,бабусин сад,нічні потяги,маленькі бібліотеки,домашній хліб,зимове море,старі фотографії}',
 '{tykhi-vulytsi,babusyn-sad,nichni-potiahy,malenki-biblioteky,domashnii-khlib,zymove-more,stari-fotohrafii}',
 '{"Про <s>, лист <w>","<s>: нотатки, тиждень <w>","<s> у <y> році",Чому <s> досі важливі}',
 '{pro-<s>-lyst-<w>,<s>-notatky-<w>,<s>-u-<y>,chomu-<s>-dosi-vazhlyvi}'),
('{عربي,culture}', '{مقاهي المدينة القديمة,خبز الصباح,حدائق السطوح,رسائل لم تُرسل,قطار الليل}',
 '{maqahi-al-madina,khubz-al-sabah,hadaiq-al-sutuh,rasail-lam-tursal,qitar-al-layl}',
 '{عن <s>، رسالة <w>,"<s> في عام <y>","<s>: الجزء <w>"}', '{an-<s>-risala-<w>,<s>-fi-<y>,<s>-al-juz-<w>}'),
('{deutsch,neighbourhood}', '{Straßenbäume,Kellerwerkstätten,Übergangslösungen,Schrebergärten,Fernwärme,Nachtzüge,Büchertürme,Grünkohl,Mieterhöhungen}',
 '{strassenbaeume,kellerwerkstaetten,uebergangsloesungen,schrebergaerten,fernwaerme,nachtzuege,buechertuerme,gruenkohl,mieterhoehungen}',
 '{Was <s> kosten,"<s>: eine Bestandsaufnahme <y>",Ein Plädoyer für <s>,"<s>, Folge <w>",Warum wir über <s> reden müssen}',
 '{was-<s>-kosten,<s>-bestandsaufnahme-<y>,plaedoyer-fuer-<s>,<s>-folge-<w>,warum-wir-ueber-<s>-reden-muessen}'),
('{français,cooking}', '{les marchés d''hiver,la tarte aux quetsches,les cafés de gare,le pain perdu,les jardins ouvriers}',
 '{les-marches-d-hiver,la-tarte-aux-quetsches,les-cafes-de-gare,le-pain-perdu,les-jardins-ouvriers}',
 '{"Éloge de saison nº <w> : <s>","<s>, printemps <y>","Carnet nº <w> : <s>","Retrouver <s>, semaine <w>"}',
 '{eloge-de-saison-<w>-<s>,<s>-printemps-<y>,carnet-<w>-<s>,retrouver-<s>-semaine-<w>}');

CREATE TEMP TABLE draft_post ON COMMIT DROP AS
WITH authors AS MATERIALIZED (
    SELECT array_agg(id ORDER BY created_at) AS ids, array_agg(created_at ORDER BY created_at) AS since
      FROM users WHERE role IN ('Author', 'Editor', 'Admin')
), timed AS MATERIALIZED (
    SELECT n, random() AS fate, random() AS pace, random() AS author_at, random() AS kind, random() AS subject_at,
           random() AS circumstance_at, random() AS pattern_at, random() AS foreign_at,
           1 + floor(random() * 12)::int AS theme_at, 2 + floor(random() * 8)::int AS small,
           1 + floor(random() * 52)::int AS week,
           pg_temp.pick('{Lisbon,Leipzig,Kraków,Ghent,Porto,Aarhus,Graz,Turin,Bergen,Brno,Malmö,Utrecht,Cork,Basel,Ljubljana,Riga,Sevilla,Tartu,Lyon,Bristol,Thessaloniki,Freiburg,Oulu,Palermo,Gdańsk,Lviv,Nantes,Plovdiv,Trieste,Görlitz,Marseille,Tallinn,Pécs,Girona,Inverness,Salzburg}') AS place,
           pg_temp.pick('{a follow-up,what we would do differently,part two,in pictures,the short version,answers to your letters,an update,with a shopping list,questions and answers,a correction,the long read,from the archive,readers reply,a love letter,the sceptic''s view,lessons from <p>,notes from a bad week,what the numbers say,a checklist,six months later,in five minutes,seen from <p>,with the help of a neighbour,an honest bill,the <y> edition,no. <w>,week <w>,for doubters,the interview,a year in <p>,second thoughts,twelve letters from <p>,what it cost,an evening in <p>,first results,for the impatient,revisited in <y>,the <p> experiment,our reader survey}') AS tail,
           CASE WHEN n <= 34 THEN now() - interval '3 minutes' - power(random(), 1.7) * interval '6 hours'
                ELSE pg_temp.moment(729, 1.25) END AS created_at
      FROM generate_series(1, 60000) AS n
), worded AS (
    -- One in eighteen is written in another language.
    SELECT t.*, coalesce(f.tags, theme.tags) AS tags, f.tags IS NOT NULL AS is_foreign,
           coalesce(f.subjects[1 + floor(subject_at * cardinality(f.subjects))::int],
                    theme.subjects[1 + floor(subject_at * cardinality(theme.subjects))::int]) AS subject,
           f.subject_slugs[1 + floor(subject_at * cardinality(f.subjects))::int] AS subject_slug,
           theme.circumstances[1 + floor(circumstance_at * cardinality(theme.circumstances))::int] AS circumstance,
           coalesce(f.patterns[1 + floor(pattern_at * cardinality(f.patterns))::int],
                    theme.patterns[1 + floor(pattern_at * cardinality(theme.patterns))::int]) AS pattern,
           f.pattern_slugs[1 + floor(pattern_at * cardinality(f.patterns))::int] AS pattern_slug
      FROM timed AS t
      JOIN theme ON theme.n = t.theme_at
      LEFT JOIN foreign_theme AS f ON f.n = CASE WHEN t.kind < 0.055 THEN 1 + floor(t.foreign_at * 6)::int END
    OFFSET 0
), titled AS (
    SELECT w.*, replace(replace(replace(replace(replace(replace(replace(
               CASE WHEN NOT is_foreign AND (kind > 0.72 OR pattern !~ '<[cp]>')
                    THEN pattern || CASE WHEN pattern ~ '[:?–(]' THEN ' – ' ELSE ': ' END || tail
                    ELSE pattern END,
               '<s>', subject), '<S>', upper(left(subject, 1)) || substr(subject, 2)),
               '<c>', circumstance), '<p>', place), '<n>', small::text),
               '<y>', (extract(year FROM created_at)::int - CASE WHEN kind < 0.5 THEN 0 ELSE 1 END)::text),
               '<w>', week::text)
           || CASE WHEN kind BETWEEN 0.40 AND 0.412
                   THEN ' ' || (ARRAY['🌱','☕','🎧','🚲','📷','🧵','🥖','❄️'])[1 + floor(foreign_at * 8)::int]
                   ELSE '' END AS title
      FROM worded AS w
    OFFSET 0
), slugged AS (
    SELECT *, trim(BOTH '-' FROM regexp_replace(pg_temp.plain(CASE WHEN NOT is_foreign THEN title
               ELSE replace(replace(replace(pattern_slug, '<s>', subject_slug),
                    '<y>', extract(year FROM created_at)::text), '<w>', week::text) END), '[^a-z0-9]+', '-', 'g')) AS base
      FROM titled
), staged AS (
    SELECT *, CASE WHEN fate < 0.085 THEN NULL
                   WHEN fate < 0.10 THEN NULL
                   ELSE created_at + interval '4 minutes' + power(pace, 4) * interval '13 days' END AS due_at,
           row_number() OVER (PARTITION BY base ORDER BY created_at, n) AS repeat
      FROM slugged
), dated AS (
    SELECT *, CASE WHEN due_at < now() - interval '1 minute' THEN due_at END AS published_at FROM staged
)
SELECT n, pg_temp.uuid_v7(created_at) AS id, created_at, published_at, subject, is_foreign, tags, kind, pace, fate,
       upper(left(title, 1)) || substr(title, 2) AS title,
       left(base, 190) || CASE WHEN repeat = 1 THEN '' ELSE '-' || repeat END AS slug,
       authors.ids[1 + floor(power(author_at, 1.8) * width_bucket(created_at, authors.since))::int] AS author_id,
       CASE WHEN fate BETWEEN 0.085 AND 0.10 AND created_at < now() - interval '20 days'
                THEN created_at + (0.1 + 0.9 * pace) * (now() - created_at)
            WHEN published_at < now() - interval '21 days' AND fate > 0.86
                THEN published_at + interval '20 days' + pace * (now() - published_at - interval '20 days')
            END AS archived_at
  FROM dated, authors;

-- A title that ends in a number may have taken the numbered slug of another.
UPDATE draft_post AS p SET slug = p.slug || '-' || right(p.id::text, 4)
  FROM (SELECT id, row_number() OVER (PARTITION BY slug ORDER BY n) AS repeat FROM draft_post) AS same
 WHERE same.id = p.id AND same.repeat > 1;

-- Built in one go after the rows, the trigram index costs a fifth.
SELECT pg_get_indexdef('ix_posts_title'::regclass) AS title_index
\gset
DROP INDEX ix_posts_title;

INSERT INTO posts (id, author_id, title, slug, content, excerpt, state_type, published_at, archived_at, created_at, updated_at)
SELECT id, author_id, title, slug,
       opening || E'\n\n' || middle || ' ' || another || E'\n\n' || ending,
       CASE WHEN kind > 0.22 THEN opening END,
       CASE WHEN archived_at IS NOT NULL THEN 'Archived' WHEN published_at IS NOT NULL THEN 'Published' ELSE 'Draft' END,
       published_at, archived_at, created_at,
       coalesce(archived_at, published_at, created_at + pace * pace * (now() - created_at))
  FROM (SELECT *,
       replace(pg_temp.pick('{"I had not planned to write about <s>, and then three readers asked in one week.","It began with a question that nobody at the table could answer: why <s>?","Everybody has an opinion on <s>; fewer people have tried.","Last Thursday the talk came round to <s> once more.","A year ago I would have laughed at the idea. Now <s> take up most of my evenings.","There are two kinds of advice about <s>, and both are wrong half of the time.","This is a longer piece about <s>, so put the kettle on.","The short answer first: yes, it is worth it.","We promised a report on <s>. Here it is, with the numbers that we were asked for."}'), '<s>', subject) AS opening,
       replace(pg_temp.pick('{"What surprised me most was how little equipment it takes. A pencil, an hour without interruptions, somebody who has done it before.","The first attempt failed, the second failed in a more interesting way, and the third is the one described here.","Of the forty-one people who answered, twenty-six had given up within a month. The others would not go back.","It helps to write down what you expect before you start; memory is kind to our guesses.","Nothing in this is new. Most of it can be found in a manual from 1974 that costs two euros second-hand.","With <s> the order of the steps matters more than the steps.","We measured before and after, on the same day of the week, and left out the holidays.","The cost is easy to state: about eleven euros a month and one Saturday."}'), '<s>', subject) AS middle,
       replace(pg_temp.pick('{"If you live near the water, expect different results.","My neighbour disagrees, and she has been right before.","Two details were wrong in the first version of this text and have been corrected.","None of this replaces talking to the people who do it every day.","The table at the end lists what we bought, what we borrowed and what we sent back.","Ask twice, cut once.","I would leave out the third step next time.","Pictures follow as soon as the film is back."}'), '<s>', subject) AS another,
       replace(pg_temp.pick('{"Write to us if you know better, most of you do.","Next week: the other half of the story.","Thanks to everybody in the reading group who looked at the draft.","The comments are open until Sunday.","We will come back to <s> in spring.","A printable version is on the shelf by the door.","That is all I know about <s>. Your turn."}'), '<s>', subject) AS ending
          FROM draft_post) AS p
 ORDER BY created_at;

:title_index;

INSERT INTO tags (id, name)
SELECT pg_temp.uuid_v7(now() - interval '729 days' + random() * interval '200 days'), name
  FROM (SELECT DISTINCT unnest(tags) AS name FROM theme UNION SELECT DISTINCT unnest(tags) FROM foreign_theme ORDER BY 1) AS known;

INSERT INTO post_tags (post_id, tag_id)
SELECT p.id, tags.id
  FROM (SELECT id, unnest(tags) AS name
          FROM draft_post WHERE kind > 0.45 OR is_foreign) AS p
  JOIN tags USING (name)
 WHERE random() < 0.40;

-- Shop -----------------------------------------------------------------------------------------------------------

CREATE TEMP TABLE shelf (n serial, name text, sku text, price numeric(18,2), currency text) ON COMMIT DROP;
INSERT INTO shelf (name, sku, price, currency) VALUES
('Notebook, dotted, A5', 'NB-A5-DOT', 14.50, 'EUR'), ('Notebook, plain, A5', 'NB-A5-PLN', 14.50, 'EUR'),
('Notebook, ruled, A6', 'NB-A6-RUL', 9.80, 'EUR'), ('Field book, waterproof', 'NB-FLD-WP', 17.90, 'EUR'),
('Linen-bound diary', 'DI-LIN-27', 28.00, 'EUR'), ('Wall calendar: Moors and Fens', 'CA-MOOR', 24.00, 'EUR'),
('Postcards, harbour cranes, set of 8', 'PC-CRANE', 9.00, 'EUR'), ('Postcards, mosses, set of 8', 'PC-MOSS', 9.00, 'EUR'),
('Letterpress print "Nachtzug"', 'PR-NACHT', 65.00, 'EUR'), ('Risograph print 京都の雨', 'PR-KYOTO', 38.00, 'EUR'),
('Enamel mug, white', 'MU-EN-WHT', 16.00, 'EUR'), ('Enamel mug, Übermorgen', 'MU-EN-UEB', 18.00, 'EUR'),
('Tea towel, beetroot', 'TT-BEET', 12.90, 'EUR'), ('Apron, waxed cotton', 'AP-WAX', 54.00, 'EUR'),
('Seed box: ten old tomatoes', 'SE-TOM-10', 21.50, 'EUR'), ('Seed box: balcony herbs', 'SE-HERB', 17.50, 'EUR'),
('Green manure, 1 kg', 'SE-GM-1K', 11.20, 'EUR'), ('Hand trowel, ash handle', 'GT-TROWEL', 26.00, 'EUR'),
('Pruning knife', 'GT-KNIFE', 34.00, 'EUR'), ('Jute twine, 100 m', 'GT-JUTE', 6.40, 'EUR'),
('Beeswax polish', 'WW-WAX', 13.50, 'EUR'), ('Linseed oil, 500 ml', 'WW-LINO', 15.80, 'EUR'),
('Marking gauge', 'WW-GAUGE', 47.00, 'EUR'), ('Spoon carving kit', 'WW-SPOON', 72.00, 'EUR'),
('Dynamo front light', 'CY-DYN-F', 89.00, 'EUR'), ('Handlebar bag, canvas', 'CY-HB-CAN', 98.00, 'EUR'),
('Patch kit with a poem', 'CY-PATCH', 5.50, 'EUR'), ('Map: From the Alps to the Sea', 'MP-ALPS', 19.90, 'EUR'),
('Map: Night Trains of Europe', 'MP-NIGHT', 19.90, 'EUR'), ('35 mm film, black and white', 'PH-BW35', 8.90, 'EUR'),
('Pinhole camera, cardboard', 'PH-PIN', 32.00, 'EUR'), ('Tote bag "Slow novels"', 'BG-SLOW', 15.00, 'EUR'),
('Book: The Patience of Hedges', 'BK-HEDGE', 22.00, 'EUR'), ('Book: Forty Soups', 'BK-SOUP', 26.00, 'EUR'),
('Book: Repair Everything', 'BK-REPAIR', 24.00, 'EUR'), ('Book: Ο κήπος μου', 'BK-KIPOS', 18.00, 'EUR'),
('Cassette: Brass in an Empty Pool', 'MU-BRASS', 11.00, 'EUR'), ('Gift wrapping', 'SV-GIFT', 3.50, 'EUR'),
('Membership, one year', 'SV-MEMBER', 60.00, 'EUR'), ('Workshop: bookbinding, one day', 'SV-BIND', 140.00, 'EUR'),
('Notebook, dotted, A5 (US)', 'NB-A5-DOT-US', 16.00, 'USD'), ('Field book, waterproof (US)', 'NB-FLD-WP-US', 19.50, 'USD'),
('Tote bag "Slow novels" (US)', 'BG-SLOW-US', 17.00, 'USD'), ('Book: Forty Soups (US)', 'BK-SOUP-US', 29.00, 'USD'),
('Enamel mug, white (US)', 'MU-EN-WHT-US', 18.00, 'USD'), ('Map: Night Trains of Europe (US)', 'MP-NIGHT-US', 22.00, 'USD');

INSERT INTO products (id, name, sku, price_amount, price_currency, state_type, created_at, updated_at)
SELECT pg_temp.uuid_v7(at), name, sku, price, currency,
       CASE WHEN n IN (8, 19, 37) THEN 'Discontinued' ELSE 'Active' END, at,
       CASE WHEN n % 7 = 3 THEN now() - interval '3 hours' - random() * interval '25 days'
            ELSE at + random() * (now() - at) END
  FROM (SELECT *, CASE WHEN n % 6 = 0 THEN pg_temp.moment(400, 1) ELSE now() - interval '731 days' - n * interval '97 minutes' END AS at
          FROM shelf) AS s;

CREATE TEMP TABLE basket ON COMMIT DROP AS
WITH buyers AS MATERIALIZED (
    SELECT array_agg(id ORDER BY created_at) AS ids, array_agg(created_at ORDER BY created_at) AS since
      FROM users WHERE state_type <> 'Erased'
)
SELECT n, pg_temp.uuid_v7(created_at) AS id, created_at, fate, pace, currency, line_count,
       buyers.ids[1 + floor(buyer_at * width_bucket(created_at, buyers.since))::int] AS customer_id
  FROM (SELECT n, random() AS fate, random() AS pace, random() AS buyer_at,
               CASE WHEN random() < 0.87 THEN 'EUR' ELSE 'USD' END AS currency,
               1 + floor(power(random(), 2) * 5)::int AS line_count,
               CASE WHEN n <= 17 THEN now() - interval '5 minutes' - power(random(), 1.5) * interval '5 hours'
                    ELSE pg_temp.moment(728, 1.6) END AS created_at
          FROM generate_series(1, 9000) AS n) AS b, buyers;

CREATE TEMP TABLE basket_line ON COMMIT DROP AS
SELECT DISTINCT ON (b.id, product.id) b.id AS order_id, pg_temp.uuid_v7(b.created_at + line * interval '70 seconds') AS line_id,
       product.id AS product_id, product.sku, wish.quantity,
       product.price_amount, product.price_currency
  FROM basket AS b
 CROSS JOIN LATERAL (SELECT line, 1 + floor(power(random(), 3) * 6)::int AS quantity, floor(power(random(), 1.5) * CASE WHEN b.currency = 'EUR' THEN 40 ELSE 6 END)::int
                            + CASE WHEN b.currency = 'EUR' THEN 1 ELSE 41 END AS shelf_at
                       FROM generate_series(1, b.line_count) AS line) AS wish
  JOIN shelf ON shelf.n = wish.shelf_at
  JOIN products AS product ON product.sku = shelf.sku AND product.created_at <= b.created_at
 ORDER BY b.id, product.id;

INSERT INTO orders (id, customer_id, state_type, total_amount, total_currency, placed_at, paid_at, cancelled_at, created_at, updated_at)
SELECT id, customer_id, state_type, total, currency, placed_at,
       CASE WHEN state_type = 'Paid' THEN ended_at END, CASE WHEN state_type = 'Cancelled' THEN ended_at END,
       created_at, greatest(created_at, placed_at, ended_at)
  FROM (SELECT *, CASE WHEN state_type IN ('Paid', 'Cancelled')
                       THEN coalesce(placed_at, created_at) + interval '40 seconds' + power(pace, 5) * interval '6 days' END AS ended_at
          FROM (SELECT *, CASE WHEN state_type <> 'Open' AND NOT (state_type = 'Cancelled' AND fate > 0.985)
                               THEN created_at + interval '90 seconds' + pace * interval '25 minutes' END AS placed_at
                  FROM (SELECT b.*, coalesce(l.total, 0) AS total,
                               CASE WHEN l.total IS NULL OR b.created_at > now() - interval '28 minutes' THEN 'Open'
                                    WHEN b.created_at > now() - interval '9 days' AND fate < 0.16 THEN 'Placed'
                                    WHEN b.created_at > now() - interval '30 days' AND fate < 0.19 THEN 'Open'
                                    WHEN fate < 0.006 OR b.created_at + interval '28 minutes' + power(pace, 5) * interval '6 days' > now()
                                        THEN 'Placed'
                                    WHEN fate > 0.93 THEN 'Cancelled' ELSE 'Paid' END AS state_type
                          FROM basket AS b
                          LEFT JOIN (SELECT order_id, sum(quantity * price_amount) AS total FROM basket_line GROUP BY order_id) AS l
                            ON l.order_id = b.id) AS c) AS d) AS e
 ORDER BY created_at;

INSERT INTO order_lines (order_id, line_id, product_id, sku, quantity, unit_price_amount, unit_price_currency)
SELECT order_id, line_id, product_id, sku, quantity, price_amount, price_currency FROM basket_line ORDER BY order_id, line_id;

INSERT INTO payments (id, order_id, idempotency_key, amount, currency, outcome, provider_reference, created_at, settled_at)
SELECT pg_temp.uuid_v7(at), order_id, 'pay-' || order_id || '-' || try, amount, currency, outcome,
       CASE WHEN outcome IN ('Approved', 'Declined') THEN 'ch_' || left(md5(order_id::text || try), 24) END, at,
       CASE WHEN outcome IN ('Approved', 'Declined') THEN at + interval '2 seconds' END
  FROM (SELECT id AS order_id, 1 AS try, total_amount AS amount, total_currency AS currency,
               paid_at - interval '2 seconds' AS at, 'Approved' AS outcome FROM orders WHERE state_type = 'Paid'
        UNION ALL
        SELECT id, 0, total_amount, total_currency, placed_at + (paid_at - placed_at) / 2, 'Declined'
          FROM orders WHERE state_type = 'Paid' AND right(id::text, 2) < '09'
        UNION ALL
        SELECT id, 1, total_amount, total_currency, placed_at + interval '3 minutes',
               CASE WHEN right(id::text, 1) < '5' THEN 'Declined' WHEN right(id::text, 1) < '7' THEN 'Unknown' ELSE 'Pending' END
          FROM orders WHERE state_type = 'Placed' AND right(id::text, 1) < 'a' AND placed_at < now() - interval '4 minutes') AS p
 ORDER BY at;

-- Outbox ---------------------------------------------------------------------------------------------------------
-- Everything that happened to the rows above within the retention of 30 days, and what other applications wrote into
-- the same table: sessions, invoices, thumbnails, reminders, and the search index that follows every post.

CREATE TEMP TABLE message (
    at timestamptz, topic text, type text, ordering_key text, aggregate_type text, aggregate_id uuid, payload jsonb,
    source text, available_at timestamptz
) ON COMMIT DROP;

INSERT INTO message
SELECT published_at, 'post', 'post.published.v1', id::text, 'post', id,
       jsonb_build_object('post_id', id, 'author_id', author_id, 'state', 'Published', 'published_at', pg_temp.iso(published_at)), 'press'
  FROM posts WHERE published_at > now() - interval '29 days'
UNION ALL
SELECT archived_at, 'post', 'post.archived.v1', id::text, 'post', id,
       jsonb_build_object('post_id', id, 'author_id', author_id, 'state', 'Archived', 'archived_at', pg_temp.iso(archived_at)), 'press'
  FROM posts WHERE archived_at > now() - interval '29 days'
UNION ALL
SELECT created_at, 'user', 'user.registered.v1', id::text, 'user', id,
       jsonb_build_object('user_id', id, 'state', 'Active', 'registered_at', pg_temp.iso(created_at)), 'accounts'
  FROM users WHERE created_at > now() - interval '29 days'
UNION ALL
SELECT deactivated_at, 'user', 'user.deactivated.v1', id::text, 'user', id,
       jsonb_build_object('user_id', id, 'state', 'Deactivated', 'deactivated_at', pg_temp.iso(deactivated_at)), 'accounts'
  FROM users WHERE state_type = 'Deactivated' AND deactivated_at > now() - interval '29 days'
UNION ALL
SELECT updated_at, 'product', 'product.repriced.v1', id::text, 'product', id,
       jsonb_build_object('product_id', id, 'state', state_type, 'price', price_amount || ' ' || price_currency, 'repriced_at', pg_temp.iso(updated_at)), 'shop'
  FROM products WHERE updated_at > now() - interval '29 days'
UNION ALL
SELECT placed_at, 'order', 'order.placed.v1', id::text, 'order', id,
       jsonb_build_object('order_id', id, 'customer_id', customer_id, 'state', 'Placed', 'placed_at', pg_temp.iso(placed_at)), 'shop'
  FROM orders WHERE placed_at > now() - interval '29 days'
UNION ALL
SELECT paid_at, 'order', 'order.paid.v1', id::text, 'order', id,
       jsonb_build_object('order_id', id, 'customer_id', customer_id, 'state', 'Paid', 'paid_at', pg_temp.iso(paid_at)), 'shop'
  FROM orders WHERE paid_at > now() - interval '29 days'
UNION ALL
SELECT cancelled_at, 'order', 'order.cancelled.v1', id::text, 'order', id,
       jsonb_build_object('order_id', id, 'customer_id', customer_id, 'state', 'Cancelled', 'cancelled_at', pg_temp.iso(cancelled_at)), 'shop'
  FROM orders WHERE cancelled_at > now() - interval '29 days'
UNION ALL
SELECT paid_at + interval '800 milliseconds', 'invoice', 'invoice.issued.v1', NULL, 'order', id,
       jsonb_build_object('invoice', 'R-' || to_char(paid_at, 'YYMM') || '-' || lpad((row_number() OVER (ORDER BY paid_at))::text, 5, '0'),
           'order', jsonb_build_object('id', id, 'total', total_amount || ' ' || total_currency), 'issued_at', pg_temp.iso(paid_at)), 'billing'
  FROM orders WHERE paid_at > now() - interval '29 days'
UNION ALL
SELECT last_login_at, 'session', 'session.started.v1', NULL, 'user', id,
       jsonb_build_object('user_id', id, 'started_at', pg_temp.iso(last_login_at), 'client', pg_temp.pick('{web,web,web,ios,android}')), 'accounts'
  FROM users WHERE last_login_at > now() - interval '29 days'
UNION ALL
SELECT published_at - interval '3 minutes', 'media', 'media.thumbnail_requested.v1', NULL, 'post', id,
       jsonb_build_object('post_id', id, 'sizes', '[320, 960]'::jsonb, 'source', 'covers/' || slug || '.jpg'), 'press'
  FROM posts WHERE published_at > now() - interval '29 days' AND right(id::text, 1) < '5'
UNION ALL
-- An import touched four hundred posts at once, half an hour ago.
SELECT now() - interval '31 minutes' + n * interval '4.6 seconds', 'search', 'search.document_changed.v1', 'search-' || id, 'post', id,
       jsonb_build_object('post_id', id, 'reason', 'reindex', 'changed_at', pg_temp.iso(now() - interval '31 minutes')), 'press'
  FROM (SELECT id, row_number() OVER (ORDER BY created_at) AS n FROM posts
         WHERE state_type = 'Published' AND created_at BETWEEN now() - interval '300 days' AND now() - interval '290 days' LIMIT 400) AS p;

INSERT INTO message
SELECT now() - random() * interval '3 hours', 'reminder', 'reminder.payment_due.v1', NULL, 'order', id,
       jsonb_build_object('order_id', id, 'state', 'Placed', 'due_at', pg_temp.iso(due_at)), 'shop', due_at
  FROM (SELECT id, date_trunc('day', now()) + interval '31 hours' + random() * interval '6 days' AS due_at
          FROM orders WHERE state_type = 'Placed' ORDER BY placed_at DESC LIMIT 118) AS o;

INSERT INTO message
SELECT at, 'search', 'search.document_changed.v1', 'search-' || id, 'post', id,
       jsonb_build_object('post_id', id, 'reason', pg_temp.pick('{saved,saved,saved,tagged,published}'), 'changed_at', pg_temp.iso(at)), 'press'
  FROM (SELECT id, greatest(pg_temp.moment(28, 1), created_at + interval '1 second') AS at
          FROM posts WHERE right(id::text, 1) > '9') AS p
 ORDER BY right(id::text, 12) LIMIT greatest(20000 - (SELECT count(*) FROM message), 0);

-- What became of them. Processed unless something below says otherwise.

CREATE TEMP TABLE fate ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY at, type, aggregate_id) AS sequence, m.*, 'Processed'::text AS state_type,
       CASE WHEN noise < 0.955 THEN 1 WHEN noise < 0.99 THEN 2 ELSE 3 END AS attempts, NULL::int AS failure,
       false AS blocked, NULL::uuid AS lease_owner, NULL::timestamptz AS lease_expires_at,
       CASE WHEN topic = 'search' THEN 'app-02' ELSE 'app-01' END AS dispatcher
  FROM (SELECT *, random() AS noise FROM message) AS m;

CREATE INDEX ON fate (ordering_key, sequence);
ANALYZE fate;

CREATE TEMP TABLE failure (
    n int, wanted int, destination text, code int, masked text, sentence text, outcome text, attempts int, excerpt text
) ON COMMIT DROP;
INSERT INTO failure VALUES
(1, 241, 'webhook billing', NULL, 'connect refused (#:#)', 'connect refused (10.20.4.17:8443)', 'NotSent', 10, NULL),
(2, 148, 'webhook search', 503, 'HTTP 503: no healthy upstream, request #', 'HTTP 503: no healthy upstream, request <r>', 'Refused', 10,
    '{"error":"no healthy upstream","request":"<r>"}'),
(3, 57, 'webhook crm', 422, 'HTTP 422: body rejected, family_name must match ^[A-Za-z -]+$', 'HTTP 422: body rejected, family_name must match ^[A-Za-z -]+$', 'Refused', 1,
    '{"errors":[{"field":"family_name","rule":"^[A-Za-z -]+$"}]}'),
(4, 96, 'webhook ledger', NULL, 'TLS certificate of # expired on #', 'TLS certificate of ledger.example expired on <d>', 'NotSent', 10, NULL),
(5, 71, 'webhook analytics', NULL, 'timeout after #s, no answer', 'timeout after 10s, no answer', 'SentNoAnswer', 10, NULL),
(6, 27, 'smtp newsletter', 554, '554 # message refused: over # an hour from #', '554 5.7.1 message refused: over 500 an hour from 10.20.4.8', 'Refused', 10, NULL);

-- Each group takes the first of its candidates; at most one message of an ordering key can be Dead.
WITH candidate AS (
    SELECT f.n, f.wanted, f.attempts, m.sequence,
           row_number() OVER (PARTITION BY f.n ORDER BY CASE f.n WHEN 2 THEN m.noise WHEN 3 THEN -m.sequence WHEN 5 THEN m.noise ELSE 0 END, m.sequence) AS place
      FROM failure AS f
      JOIN fate AS m ON m.at < now() - interval '50 minutes' AND CASE f.n
           -- The billing host moved on a weekend and nobody had told the firewall.
           WHEN 1 THEN m.topic = 'order' AND m.at > now() - interval '5 days 5 hours'
           WHEN 2 THEN m.topic = 'search' AND m.at > now() - interval '26 hours'
           WHEN 3 THEN m.type = 'user.registered.v1' AND EXISTS (SELECT FROM users AS u WHERE u.id = m.aggregate_id
                           AND regexp_replace(u.display_name, '[^ -~]', '', 'g') <> u.display_name)
           WHEN 4 THEN m.topic = 'invoice' AND m.at > date_trunc('day', now()) - interval '3 days'
           WHEN 5 THEN m.topic = 'session' AND extract(hour FROM m.at) BETWEEN 18 AND 22
           ELSE m.type = 'post.published.v1' AND extract(dow FROM m.at) = 1 AND extract(hour FROM m.at) BETWEEN 9 AND 11 END
     WHERE NOT EXISTS (SELECT FROM fate AS earlier WHERE f.n IN (1, 2) AND earlier.ordering_key = m.ordering_key
                          AND earlier.topic = m.topic AND earlier.sequence < m.sequence AND earlier.at > now() - interval '6 days')
)
UPDATE fate SET state_type = 'Dead', failure = c.n, attempts = c.attempts
  FROM candidate AS c WHERE c.place <= c.wanted AND c.sequence = fate.sequence;

-- app-01 delivered everything but search until it died: what came since is due. Media is paused, reminders come later.
UPDATE fate SET state_type = 'Pending', attempts = 0
 WHERE state_type = 'Processed'
   AND (at > now() - CASE topic WHEN 'search' THEN interval '38 seconds' ELSE interval '12 minutes' END OR topic = 'reminder'
        OR (topic = 'media' AND at > now() - interval '9 hours'));

-- Search has answered most requests with 503 for half an hour: those messages back off.
UPDATE fate SET state_type = 'Pending', failure = 2,
       attempts = (SELECT count(*) FROM unnest(ARRAY[0,5,15,35,75,155,315,635,1275]) AS due WHERE due <= age),
       available_at = at + make_interval(secs => (1.0 + 0.15 * noise) * (SELECT min(due)
            FROM unnest(ARRAY[5,15,35,75,155,315,635,1275,2175]) AS due WHERE due > age))
  FROM (SELECT sequence AS of_sequence, least(extract(epoch FROM now() - at), 2100) AS age FROM fate) AS aged
 WHERE of_sequence = sequence AND state_type = 'Processed'
   AND topic = 'search' AND at > now() - interval '31 minutes' AND noise > 0.42;

INSERT INTO dispatchers (id, name, host, pid, version, started_at, heartbeat_at, routes, routes_hash, state)
SELECT pg_temp.uuid_v7(started_at), name, host, pid, '0.1.0', started_at, heartbeat_at, routes, encode(sha256(routes::text::bytea), 'hex'), state
  FROM (VALUES
    ('app-01', 'app-01.internal', 2217, now() - interval '6 days 4 hours', now() - interval '12 minutes',
     '[{"name":"billing","match":["order.*","payment.*"],"to":"webhook"},{"name":"crm","match":["user.*"],"to":"webhook"},{"name":"ledger","match":["invoice.*"],"to":"webhook"},{"name":"analytics","match":["session.*"],"to":"webhook"},{"name":"newsletter","match":["post.published.v1"],"to":"smtp"},{"name":"storefront","match":["post.*","product.*","media.*","reminder.*"],"to":"webhook"}]'::jsonb,
     '{"breakers":{"billing":"closed","ledger":"closed"},"delivered_per_second":3.1}'::jsonb),
    ('app-02', 'app-02.internal', 40912, now() - interval '31 days 2 hours', now() - interval '38 seconds',
     '[{"name":"search","match":["search.*"],"to":"webhook"}]', '{"breakers":{"search":"half-open"},"delivered_per_second":0.4}')
    ) AS d (name, host, pid, started_at, heartbeat_at, routes, state);

-- Two workers died with messages in their hands: the leases of app-01 are long over, those of app-02 end soon.
UPDATE fate SET state_type = 'Pending', attempts = 1, failure = NULL, dispatcher = d.name, lease_owner = d.id,
       lease_expires_at = d.heartbeat_at + interval '30 seconds' - (fate.sequence % 9) * interval '0.7 seconds'
  FROM (SELECT sequence, row_number() OVER (ORDER BY at DESC) AS place FROM fate
         WHERE topic = 'session' AND state_type = 'Processed' AND at < now() - interval '12 minutes') AS held, dispatchers AS d
 WHERE held.sequence = fate.sequence AND held.place <= 38 AND d.name = 'app-01';
UPDATE fate SET attempts = 1, dispatcher = d.name, lease_owner = d.id,
       lease_expires_at = d.heartbeat_at + interval '42 seconds' + (fate.sequence % 7) * interval '4 seconds'
  FROM (SELECT sequence, row_number() OVER (ORDER BY sequence) AS place FROM fate
         WHERE topic = 'search' AND state_type = 'Pending' AND attempts = 0) AS held, dispatchers AS d
 WHERE held.sequence = fate.sequence AND held.place <= 6 AND d.name = 'app-02';

UPDATE fate SET state_type = 'Discarded', failure = 5, attempts = 10
 WHERE sequence IN (SELECT sequence FROM fate WHERE topic = 'session' AND state_type = 'Processed'
                       AND at < now() - interval '6 days' ORDER BY noise DESC LIMIT 26);

-- What waits behind a head that has not ended was never tried; behind a dead one it is out of the due index.
UPDATE fate AS follower SET state_type = 'Pending', attempts = 0, failure = NULL, lease_owner = NULL, lease_expires_at = NULL,
       available_at = NULL, blocked = head.dead
  FROM (SELECT ordering_key, min(sequence) AS sequence, bool_or(state_type = 'Dead') AS dead FROM fate
         WHERE state_type IN ('Pending', 'Dead') AND ordering_key IS NOT NULL GROUP BY ordering_key) AS head
 WHERE follower.ordering_key = head.ordering_key AND follower.sequence > head.sequence AND follower.state_type <> 'Dead';

CREATE TEMP TABLE spoken ON COMMIT DROP AS
SELECT m.*, pg_temp.uuid_v7(m.at) AS id, f.code, f.outcome, f.excerpt,
       left(encode(sha256(convert_to(f.destination || ': ' || f.masked, 'UTF8')), 'hex'), 16) AS fingerprint,
       replace(replace(f.destination || ': ' || f.sentence, '<r>', left(md5(m.sequence::text), 12)),
           '<d>', to_char(date_trunc('day', now()) - interval '3 days', 'YYYY-MM-DD')) AS error
  FROM fate AS m LEFT JOIN failure AS f ON f.n = m.failure;

INSERT INTO outbox_messages (id, sequence, topic, type, ordering_key, aggregate_type, aggregate_id, payload, headers, occurred_at,
    available_at, state_type, attempt_count, lease_owner, lease_expires_at, lease_generation, blocked, last_error, error_fingerprint,
    dispatcher, protocol_code, processed_at, discarded_at)
SELECT id, sequence, topic, type, ordering_key, aggregate_type, aggregate_id, payload,
       jsonb_build_object('source', source, 'trace_id', md5(id::text)), at,
       CASE WHEN state_type = 'Dead' AND attempts > 1 THEN at + interval '2175 seconds' ELSE coalesce(available_at, at) END,
       state_type, attempts, lease_owner, lease_expires_at, attempts, blocked, error, CASE WHEN failure IS NOT NULL THEN fingerprint END,
       CASE WHEN attempts > 0 THEN dispatcher END,
       CASE WHEN failure IS NOT NULL THEN code
            WHEN state_type = 'Processed' THEN CASE WHEN type = 'post.published.v1' THEN 250 WHEN topic = 'search' THEN 202 ELSE 200 END END,
       CASE WHEN state_type = 'Processed' THEN least(at + interval '9 milliseconds' + noise * noise * interval '900 milliseconds'
            + CASE attempts WHEN 1 THEN 0 WHEN 2 THEN 5.3 ELSE 15.8 END * interval '1 second', now()) END,
       CASE WHEN state_type = 'Discarded' THEN at + interval '31 hours' + noise * interval '3 hours' END
  FROM spoken ORDER BY sequence;

SELECT setval(pg_get_serial_sequence('outbox_messages', 'sequence'), max(sequence)) AS last_sequence FROM outbox_messages
\gset

INSERT INTO outbox_attempts (message_id, generation, dispatcher, started_at, finished_at, outcome, protocol_code, detail, response_excerpt)
SELECT id, try, dispatcher, started_at,
       least(started_at + CASE WHEN outcome = 'SentNoAnswer' THEN interval '10 seconds' ELSE interval '4 milliseconds' * (1 + try) END, now()),
       coalesce(outcome, 'Refused'), CASE WHEN failure IS NULL THEN 503 ELSE code END,
       coalesce(error, 'HTTP 503: try again later'), replace(excerpt, '<r>', left(md5(sequence::text), 12))
  FROM (SELECT s.*, try, at + make_interval(secs => (ARRAY[0.01,5,15,35,75,155,315,635,1275,2175])[try]) AS started_at
          FROM spoken AS s
         CROSS JOIN LATERAL generate_series(1, CASE WHEN failure IS NOT NULL THEN attempts
                                                    WHEN state_type = 'Processed' THEN attempts - 1 ELSE 0 END) AS try) AS t;

INSERT INTO outbox_topics (topic, paused_at, paused_by, reason, updated_at) VALUES
('media', now() - interval '9 hours 4 minutes', 'ines', 'thumbnailer moves to the new bucket', now() - interval '9 hours 4 minutes');

-- Idempotency ----------------------------------------------------------------------------------------------------

INSERT INTO idempotency_records (id, operator, key, request_hash, result, created_at, expires_at)
SELECT pg_temp.uuid_v7(at), operator, replace(key, '<n>', n::text), encode(sha256(convert_to(operator || n, 'UTF8')), 'hex'),
       CASE WHEN n NOT IN (1, 2, 3) THEN jsonb_build_object('exit', 0, 'done', (n * 7) % 19 + 1, 'skipped', 0) END, at, at + interval '24 hours'
  FROM (SELECT n, (ARRAY['ines','tomasz','deploy','ines','mehmet'])[n % 5 + 1] AS operator,
               CASE WHEN n = 1 THEN now() - interval '47 minutes' WHEN n = 2 THEN now() - interval '3 hours 12 minutes'
                    WHEN n = 3 THEN now() - interval '25 seconds'
                    ELSE now() - interval '6 minutes' - power(random(), 1.5) * interval '40 hours' END AS at,
               (ARRAY['nightly-import:posts:<n>','console.' || md5(n::text || 'k'),'retry-billing-2026.<n>','price-list:spring:<n>'])[n % 4 + 1] AS key
          FROM generate_series(1, 164) AS n) AS r;

COMMIT;

ANALYZE;

SELECT format('%s users, %s posts, %s orders, %s outbox messages (%s dead)', (SELECT count(*) FROM users), (SELECT count(*) FROM posts),
    (SELECT count(*) FROM orders), count(*), count(*) FILTER (WHERE state_type = 'Dead')) AS seeded
  FROM outbox_messages
\gset
\echo :seeded
