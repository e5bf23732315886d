/** The words by which the columns of a class list are known. The console reads this object as JSON. */
export const WORDS = {
  "ids": [
    "student id", "student number", "student no", "student identifier", "id number", "idnumber", "sis user id", "sis id", "orgdefinedid",
    "registration number", "enrolment number", "enrollment number", "matriculation number", "emplid", "campus id", "university id",
    "matricula", "numero de matricula", "n o de matricula", "no de matricula", "no matricula", "n o matricula", "n de matricula",
    "matricula do aluno", "matricula do discente", "registro academico", "ra", "numero usp", "n o usp", "nusp", "prontuario", "numero do aluno",
    "numero do estudante", "numero de identificacao", "id do aluno", "id do estudante", "codigo do aluno", "id do usuario sis",
    "numero de id", "numero de identificacion", "numero de estudiante", "numero de alumno", "numero de control", "legajo", "expediente",
    "numero de expediente", "n o de expediente", "codigo de estudiante", "codigo del estudiante", "id de alumno", "id del alumno",
    "id de estudiante", "id del estudiante", "carne", "carnet", "boleta", "numero de cuenta", "id de usuario del sis", "id de usuario de sis",
    "username", "user name", "user id", "login", "login id", "sis login id", "netid", "usuario", "nome de usuario", "nome do usuario",
    "id do usuario", "id de login sis", "nombre de usuario", "id de usuario", "id de inicio de sesion del sis",
    "id", "codigo", "code", "registration", "enrolment", "enrollment", "identificacao", "identificacion", "identificador", "cpf", "dni", "cedula", "rut",
    "email address", "email", "e mail", "mail", "endereco de email", "endereco de e mail", "correo", "correo electronico", "direccion de correo",
    "direccion de correo electronico"
  ],
  "surnames": [
    "last name", "lastname", "surname", "family name", "sobrenome", "sobrenomes", "ultimo nome", "apelido", "apelidos", "apellido", "apellidos",
    "apellido s"
  ],
  "givenNames": [
    "first name", "firstname", "given name", "given names", "forename", "primeiro nome", "nome proprio", "nombre s", "nombres", "nome", "nombre", "name"
  ],
  "fullNames": [
    "full name", "student name", "name of student", "nome completo", "nome do aluno", "nome do estudante", "nome do discente", "nombre completo",
    "nombre del alumno", "nombre del estudiante", "nombre y apellidos", "nombre y apellido", "nombres y apellidos", "apellidos y nombre",
    "apellidos y nombres", "apellido y nombre", "apellidos nombre", "student", "aluno", "aluna", "estudante", "discente", "alumno", "alumna",
    "estudiante", "participante", "participant", "name", "nome", "nombre"
  ],
  "notStudents": [
    "points possible", "pontos possiveis", "puntos posibles", "student test", "test student", "estudante teste", "estudante de teste",
    "aluno teste", "estudiante prueba", "estudiante de prueba", "prueba estudiante"
  ]
};
