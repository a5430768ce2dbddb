-- Makes a table of the places in GeoNames' cities500.txt, which is tab-separated and has no header and no quotes.
create table city(
  id bigint primary key,
  name varchar(200) not null,
  latitude decimal(8, 5) not null,
  longitude decimal(8, 5) not null,
  country char(2) not null,
  population bigint not null,
  timezone varchar(40)
);

insert into city
select id, name, latitude, longitude, country, population, timezone
from csvread(
  'cities500.txt',
  'ID	NAME	ASCII	ALTERNATES	LATITUDE	LONGITUDE	CLASS	CODE	COUNTRY	CC2	ADMIN1	ADMIN2	ADMIN3	ADMIN4	POPULATION	ELEVATION	DEM	TIMEZONE	MODIFIED',
  'charset=UTF-8 fieldSeparator=	 fieldDelimiter='
);

create user reader password 'reader';
grant select on city to reader;
